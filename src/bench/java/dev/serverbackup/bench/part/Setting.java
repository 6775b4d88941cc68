package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.arm.PeerArm;
import dev.serverbackup.bench.arm.Peers;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.Latencies;
import dev.serverbackup.runtime.Launch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all parts have in common.
 *
 * @param runs how many samples of each arm
 * @param aws where all arms call
 * @param jvm flags for the function beside those of Lambda, to try them
 */
public record Setting(int runs, Latencies latencies, FakeAws aws, Peers peers, List<String> jvm) {
    /** How many calls an arm has under way at once; the function's own default. */
    public static final int CALLS_AT_ONCE = 16;

    /** The function as SnapStart restores it: initialised and primed. */
    Arm primed(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        return FunctionArm.start(aws.endpoint(), Launch.of(Launch.SNAP_START).with(jvm), all);
    }

    Arm cold() throws Exception {
        return cold(Launch.deployed());
    }

    Arm cold(Launch launch) throws Exception {
        return FunctionArm.start(aws.endpoint(), launch.with(jvm), Map.of());
    }

    Arm peer(Peers.Kind kind) throws Exception {
        return PeerArm.start(aws.endpoint(), peers.command(kind), peers.log(kind));
    }
}
