package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.http.Members;
import dev.serverbackup.local.http.Target;
import dev.serverbackup.local.opsworkscm.account.Account;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** OpsWorks CM as a target of the front: finds the operation, counts it against the throttle, and runs it. */
public final class OpsWorksCm implements Target {

    private static final Map<String, Operation> OPERATIONS = Stream.of(
                    new CreateBackup(),
                    new CreateServer(),
                    new DeleteBackup(),
                    new DescribeAccountAttributes(),
                    new DescribeBackups(),
                    new DescribeServers(),
                    new ListTagsForResource(),
                    new TagResource(),
                    new UntagResource())
            .collect(Collectors.toMap(operation -> operation.getClass().getSimpleName(), Function.identity()));

    private final Account account;
    private final Throttle throttle;

    public OpsWorksCm(Account account, Throttle throttle) {
        this.account = account;
        this.throttle = throttle;
    }

    @Override
    public String prefix() {
        return "OpsWorksCM_V2016_11_01";
    }

    @Override
    public ObjectNode perform(String name, Members input) {
        var operation = OPERATIONS.get(name);
        if (operation == null) {
            throw Target.unknown(prefix() + "." + name);
        }
        if (!throttle.admits()) {
            throw new AwsError(ErrorType.THROTTLING, "Rate exceeded");
        }
        synchronized (account) {
            return operation.perform(input, account);
        }
    }
}
