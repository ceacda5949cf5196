package dev.nines.dependency;

/**
 * A check that looks at this process alone: no network, no other process. Only such a check may decide liveness, because
 * a platform answers a failed liveness probe with a restart, and restarting does not mend somebody else.
 */
@FunctionalInterface
public interface LocalCheck extends Check {}
