package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.ServerAttributes;
import dev.serverbackup.local.opsworkscm.account.ServerEvent;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The API's output structures. Neither a server nor a backup has a member for its tags. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode of(StoredServer server, Account account) {
        return of(server, account, Map.of());
    }

    /** @param engineAttributes what this answer tells of them; the service keeps none */
    static ObjectNode of(StoredServer server, Account account, Map<String, String> engineAttributes) {
        var json = object().put("ServerName", server.name())
                .put("ServerArn", account.arns().of(server))
                .put("CreatedAt", epochSeconds(server.createdAt()))
                .put("Status", server.status(account.now()).name())
                .put("StatusReason", server.health().reason().orElse(null))
                .put("Endpoint", server.access().endpoint())
                .put("AssociatePublicIpAddress", server.access().publicIpAddress())
                .put("CustomDomain", server.access().customDomain().orElse(null))
                .put("DisableAutomatedBackup", server.automatedBackups().disabled())
                .put("BackupRetentionCount", server.automatedBackups().retentionCount())
                .put("CloudFormationStackArn", account.arns().stackOf(server))
                .put(
                        "MaintenanceStatus",
                        server.health().maintenance().map(Enum::name).orElse(null));
        json.set("EngineAttributes", EngineAttributes.write(engineAttributes));
        putAttributes(json, server.attributes());
        return present(json);
    }

    static ObjectNode of(ServerEvent event) {
        return object().put("CreatedAt", epochSeconds(event.createdAt()))
                .put("ServerName", event.serverName())
                .put("Message", event.message())
                .put("LogUrl", event.logUrl());
    }

    static ObjectNode of(StoredBackup backup, Account account) {
        var manual = backup.type() == BackupType.MANUAL;
        var json = object().put("BackupId", backup.id())
                .put("BackupArn", account.arns().of(backup))
                .put("BackupType", backup.type().name())
                .put("CreatedAt", epochSeconds(backup.createdAt()))
                .put("Description", backup.description())
                .put("ServerName", backup.serverName())
                .put("Status", backup.status(account.now()).name())
                .put("StatusDescription", backup.statusDescription(account.now()))
                .put("ToolsVersion", "0.1")
                .put("S3LogUrl", "https://s3.amazonaws.com/" + backup.serverName() + "/" + backup.id())
                .put("UserArn", manual ? account.arns().user("local") : "");
        putAttributes(json, backup.attributes());
        return present(json);
    }

    private static void putAttributes(ObjectNode json, ServerAttributes attributes) {
        json.put("Engine", attributes.engine())
                .put("EngineModel", attributes.engineModel())
                .put("EngineVersion", attributes.engineVersion())
                .put("InstanceProfileArn", attributes.instanceProfileArn())
                .put("InstanceType", attributes.instanceType())
                .put("KeyPair", attributes.keyPair().orElse(null))
                .put("PreferredBackupWindow", attributes.preferredBackupWindow())
                .put("PreferredMaintenanceWindow", attributes.preferredMaintenanceWindow())
                .put("ServiceRoleArn", attributes.serviceRoleArn());
        json.set("SecurityGroupIds", strings(attributes.securityGroupIds()));
        json.set("SubnetIds", strings(attributes.subnetIds()));
    }

    /** An absent member is left out, never null. */
    private static ObjectNode present(ObjectNode json) {
        json.properties().removeIf(member -> member.getValue().isNull());
        return json;
    }

    private static ArrayNode strings(List<String> values) {
        var list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        return list;
    }

    /** Seconds since 1970 with milliseconds as a fraction, such as 1569229584.842. */
    private static BigDecimal epochSeconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3);
    }
}
