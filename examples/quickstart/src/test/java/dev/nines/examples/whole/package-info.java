/** Tests of Nines in one piece: every module together, over real sockets, against a real PostgreSQL. */
package dev.nines.examples.whole;
