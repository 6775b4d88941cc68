package dev.serverbackup.bench.part;

import dev.serverbackup.bench.report.Results;

/** Something that is measured in one go, its arms interleaved. */
public interface Part {
    /** Measures, and adds what it has found; takes minutes. */
    void measure(Results results) throws Exception;
}
