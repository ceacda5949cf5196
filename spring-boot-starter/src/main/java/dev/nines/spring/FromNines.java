package dev.nines.spring;

/** The source of what the application is told of its availability by Nines, so that nobody takes it for the application's own word. */
interface FromNines {}
