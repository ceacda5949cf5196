package dev.nines.saturation;

/**
 * Processor time at one moment, since whenever; only differences mean something.
 *
 * @param source whose time, and under which limit; times of different sources cannot be compared
 * @param busy time used
 * @param possible time that could have been used
 * @param processors how many processors' worth of time there is
 */
record CpuTimes(Object source, double busy, double possible, double processors) {

  boolean comparable(CpuTimes earlier) {
    return source.equals(earlier.source) && possible > earlier.possible;
  }

  Usage since(CpuTimes earlier) {
    double share = Math.max(0, (busy - earlier.busy) / (possible - earlier.possible));
    return new Usage(share * processors, processors);
  }
}
