package dev.nines.ops.gate;

/** Whether a deployment may go ahead. */
public enum GateAnswer {
  /** Every budget can bear a deployment that goes wrong. */
  OPEN,
  /** One can't, or an alert pages. */
  CLOSED,
  /** Nothing is known of the budgets. */
  UNKNOWN
}
