package dev.nines.examples.spring.orders;

import dev.nines.dependency.GuardException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells clients to come back later while what the service can't do without is away. */
@RestControllerAdvice
class Unavailable {

  private static final Logger LOG = LoggerFactory.getLogger(Unavailable.class);

  @ExceptionHandler({DataAccessException.class, GuardException.class})
  ProblemDetail answer(Exception failure) {
    LOG.warn("The database failed: {}", failure.toString());
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.SERVICE_UNAVAILABLE, "orders-db can't be reached, try again later");
  }
}
