/**
 * The quickstart's order service as one writes it with Spring Boot: controllers, a repository, a client, and
 * {@code nines-spring-boot-starter}. What it promises and leans on stands in {@code application.yaml}. What is around it, and
 * not the service, is the {@code sandbox}.
 */
@NullMarked
package dev.nines.examples.spring.orders;

import org.jspecify.annotations.NullMarked;
