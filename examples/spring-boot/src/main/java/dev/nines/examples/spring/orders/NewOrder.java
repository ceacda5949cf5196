package dev.nines.examples.spring.orders;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** What a client asks for. */
record NewOrder(
    @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*")
    String item,

    @Min(1) @Max(1_000_000) int cents) {}
