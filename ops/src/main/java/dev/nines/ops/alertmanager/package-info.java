/**
 * Alertmanager: who hears of an alert, how soon, and what need not be told beside it.
 */
@NullMarked
package dev.nines.ops.alertmanager;

import org.jspecify.annotations.NullMarked;
