package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.Members;
import dev.serverbackup.local.opsworkscm.account.Generated;
import dev.serverbackup.local.opsworkscm.account.Server;
import dev.serverbackup.local.opsworkscm.account.ServerAttributes;
import dev.serverbackup.local.opsworkscm.account.Tags;
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
        Server.AutomatedBackups automatedBackups,
        Map<String, String> requestedTags,
        Optional<String> backupId) {

    private static final List<String> CUSTOM = List.of("CustomDomain", "CustomCertificate", "CustomPrivateKey");

    static NewServer read(Members input) {
        var request = new NewServer(
                input.required("ServerName", Shapes.SERVER_NAME),
                Engine.read(input),
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
                new Server.AutomatedBackups(
                        input.flag("DisableAutomatedBackup").orElse(false),
                        input.integer("BackupRetentionCount", Shapes.BACKUP_RETENTION_COUNT)
                                .orElse(1)),
                TagList.read(input, "Tags"),
                input.optional("BackupId", Shapes.BACKUP_ID));
        verifyRest(input, request.requestedTags());
        return request;
    }

    /** @param createdAt a name may be used again, but not at the same moment */
    Generated generated(Instant createdAt) {
        return Generated.from(name + "@" + createdAt);
    }

    ServerAttributes attributes(Instant createdAt) {
        var generated = generated(createdAt);
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

    Server.Access access(Instant createdAt, String region) {
        return new Server.Access(generated(createdAt).endpoint(name, region), publicIpAddress, customDomain);
    }

    Tags tags() {
        return requestedTags.isEmpty() ? Tags.NEVER : Tags.of(requestedTags);
    }

    private static void verifyRest(Members input, Map<String, String> tags) {
        input.optional("CustomCertificate", Shapes.CUSTOM_CERTIFICATE);
        input.optional("CustomPrivateKey", Shapes.CUSTOM_PRIVATE_KEY);
        var given = CUSTOM.stream().filter(input::has).count();
        if (given > 0 && given < CUSTOM.size()) {
            input.refuse(String.join(", ", CUSTOM) + " must be given together");
        }
        for (var attribute : input.structures("EngineAttributes", Shapes.ANY_LIST)) {
            attribute.optional("Name", Shapes.ENGINE_ATTRIBUTE_NAME);
            attribute.optional("Value", Shapes.ENGINE_ATTRIBUTE_VALUE);
        }
        if (tags.size() > Tags.MOST) {
            input.refuse("A server can have at most " + Tags.MOST + " tags");
        }
    }
}
