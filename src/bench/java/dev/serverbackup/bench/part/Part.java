package dev.serverbackup.bench.part;

import dev.serverbackup.bench.report.Findings;

/** Something that is measured in one go, its arms interleaved. */
public interface Part {
    /** Measures; takes minutes. */
    Findings measure() throws Exception;
}
