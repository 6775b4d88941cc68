package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.http.Service;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.pki.Secrets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** OpsWorks CM as a target of the front: finds the operation, counts it against the throttle, and runs it. */
public final class OpsWorksCm implements Service {

    private final Account account;
    private final Throttle throttle;
    private final Map<String, Operation> operations;

    /** With keys and passwords that cannot be guessed. */
    public OpsWorksCm(Account account, Throttle throttle) {
        this(account, throttle, Secrets.real());
    }

    public OpsWorksCm(Account account, Throttle throttle, Secrets secrets) {
        this.account = account;
        this.throttle = throttle;
        var authorities = new Authorities(secrets);
        operations = Stream.of(
                        new AssociateNode(authorities, secrets),
                        new CreateBackup(),
                        new CreateServer(secrets),
                        new DeleteBackup(),
                        new DeleteServer(),
                        new DescribeAccountAttributes(),
                        new DescribeBackups(),
                        new DescribeEvents(),
                        new DescribeNodeAssociationStatus(),
                        new DescribeServers(authorities),
                        new DisassociateNode(secrets),
                        new ExportServerEngineAttribute(),
                        new ListTagsForResource(),
                        new RestoreServer(),
                        new StartMaintenance(),
                        new TagResource(),
                        new UntagResource(),
                        new UpdateServer(),
                        new UpdateServerEngineAttributes())
                .collect(Collectors.toMap(operation -> operation.getClass().getSimpleName(), Function.identity()));
    }

    @Override
    public Set<String> operations() {
        return operations.keySet();
    }

    @Override
    public String prefix() {
        return "OpsWorksCM_V2016_11_01";
    }

    @Override
    public ObjectNode perform(String name, InputReader input) {
        var operation = operations.get(name);
        if (operation == null) {
            throw Service.unknown(prefix() + "." + name);
        }
        if (!throttle.admits()) {
            throw new AwsError(AwsErrorType.THROTTLING, "Rate exceeded");
        }
        return account.atOneMoment(() -> operation.perform(input, account));
    }
}
