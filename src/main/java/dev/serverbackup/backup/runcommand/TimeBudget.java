package dev.serverbackup.backup.runcommand;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The time that several calls may take together. */
record TimeBudget(InstantSource clock, Instant end) {
    static TimeBudget of(InstantSource clock, Duration together) {
        return new TimeBudget(clock, clock.instant().plus(together));
    }

    Duration left() {
        return Duration.between(clock.instant(), end);
    }

    boolean isLeft() {
        return left().isPositive();
    }

    /** The exception for a read that was not finished in time. */
    static SdkClientException over(String question) {
        return SdkClientException.create("no time was left to read " + question);
    }

    /**
     * Limits the next call to the time that is left.
     *
     * @throws SdkClientException if none is left
     */
    AwsRequestOverrideConfiguration next() {
        Duration left = left();
        if (!left.isPositive()) {
            throw SdkClientException.create("no time was left to ask Systems Manager");
        }
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(left).build();
    }
}
