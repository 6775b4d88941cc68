package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.DeterministicIds;
import dev.serverbackup.local.opsworkscm.account.Phase;
import dev.serverbackup.local.opsworkscm.account.ServerAttributes;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.opsworkscm.account.Tags;
import dev.serverbackup.local.opsworkscm.pki.CustomEndpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a CreateServer request asks for, with the documented defaults. */
record NewServer(
        String name,
        Engine engine,
        String instanceProfileArn,
        String instanceType,
        String serviceRoleArn,
        Optional<String> keyPair,
        Optional<String> backupWindow,
        Optional<String> maintenanceWindow,
        List<String> securityGroupIds,
        List<String> subnetIds,
        Optional<String> customDomain,
        boolean publicIpAddress,
        StoredServer.AutomatedBackups automatedBackups,
        Map<String, String> requestedTags,
        Credentials credentials,
        Optional<String> backupId) {

    private static final List<String> CUSTOM = List.of("CustomDomain", "CustomCertificate", "CustomPrivateKey");

    static NewServer read(InputReader input, Account account) {
        var engine = Engine.read(input);
        var request = new NewServer(
                input.required("ServerName", Shapes.SERVER_NAME),
                engine,
                input.required("InstanceProfileArn", Shapes.INSTANCE_PROFILE_ARN),
                input.required("InstanceType", Shapes.STRING),
                input.required("ServiceRoleArn", Shapes.SERVICE_ROLE_ARN),
                input.optional("KeyPair", Shapes.KEY_PAIR),
                input.optional("PreferredBackupWindow", Shapes.TIME_WINDOW),
                input.optional("PreferredMaintenanceWindow", Shapes.TIME_WINDOW),
                input.texts("SecurityGroupIds", Shapes.ANY_LIST, Shapes.STRING),
                input.texts("SubnetIds", Shapes.ANY_LIST, Shapes.STRING),
                input.optional("CustomDomain", Shapes.CUSTOM_DOMAIN),
                input.flag("AssociatePublicIpAddress").orElse(true),
                automatedBackups(input, account),
                TagList.read(input, "Tags"),
                Credentials.read(input, engine),
                input.optional("BackupId", Shapes.BACKUP_ID));
        verifyCustom(input, account.now());
        TagList.refuseIfTooMany(input, request.requestedTags());
        return request;
    }

    /** @param now when it is created; a name may be used again, but not at the same moment */
    StoredServer server(Instant now, String region) {
        var generated = DeterministicIds.from(name + "@" + now);
        return StoredServer.begun(
                name,
                generated.uuid().toString(),
                now,
                attributes(generated),
                new StoredServer.Access(generated.endpoint(name, region), publicIpAddress, customDomain),
                automatedBackups,
                StoredServer.Health.of(Phase.steady(ServerStatus.CREATING)),
                now,
                requestedTags.isEmpty() ? Tags.NEVER : Tags.of(requestedTags));
    }

    private ServerAttributes attributes(DeterministicIds generated) {
        return new ServerAttributes(
                engine.name(),
                engine.model(),
                engine.version(),
                instanceProfileArn,
                instanceType,
                keyPair,
                backupWindow.orElseGet(generated::backupWindow),
                maintenanceWindow.orElseGet(generated::maintenanceWindow),
                securityGroupIds.isEmpty() ? List.of(generated.securityGroupId()) : securityGroupIds,
                serviceRoleArn,
                subnetIds.isEmpty() ? List.of(generated.subnetId()) : subnetIds);
    }

    private static StoredServer.AutomatedBackups automatedBackups(InputReader input, Account account) {
        var count = input.integer("BackupRetentionCount", Shapes.BACKUP_RETENTION_COUNT);
        RetentionCount.refuseIfTooHigh(input, count, account);
        return new StoredServer.AutomatedBackups(
                input.flag("DisableAutomatedBackup").orElse(false), count.orElse(1));
    }

    private static void verifyCustom(InputReader input, Instant now) {
        var domain = input.optional("CustomDomain", Shapes.CUSTOM_DOMAIN);
        var certificate = input.optional("CustomCertificate", Shapes.CUSTOM_CERTIFICATE);
        var privateKey = input.optional("CustomPrivateKey", Shapes.CUSTOM_PRIVATE_KEY);
        var given = CUSTOM.stream().filter(input::has).count();
        if (given == CUSTOM.size()) {
            new CustomEndpoint(domain.orElseThrow(), certificate.orElseThrow(), privateKey.orElseThrow())
                    .faults(now)
                    .forEach(input::refuse);
        } else if (given > 0) {
            input.refuse(String.join(", ", CUSTOM) + " must be given together");
        }
    }
}
