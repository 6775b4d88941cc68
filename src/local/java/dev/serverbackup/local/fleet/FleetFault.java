package dev.serverbackup.local.fleet;

import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.http.Faults;
import java.util.OptionalInt;

/**
 * Calls that go wrong from the start.
 *
 * @param next only so many calls of the pattern; absent: all of them
 * @param percent only this share of them; absent: all of them
 */
public record FleetFault(CallPattern calls, Fault fault, OptionalInt next, OptionalInt percent) {

    /** One seed for all, so that the same fleet file goes wrong in the same way each time. */
    private static final long SEED = 1;

    public FleetFault {
        if (next.isPresent() && percent.isPresent()) {
            throw new IllegalArgumentException("A fault has next or percent, not both.");
        }
        if (next.orElse(1) < 1 || percent.orElse(1) < 1 || percent.orElse(1) > 100) {
            throw new IllegalArgumentException("next is at least 1, percent is 1 to 100.");
        }
    }

    /** Makes it so. */
    public void into(Faults faults) {
        if (next.isPresent()) {
            faults.next(next.getAsInt(), calls, fault);
        } else if (percent.isPresent()) {
            faults.share(percent.getAsInt(), SEED, calls, fault);
        } else {
            faults.always(calls, fault);
        }
    }
}
