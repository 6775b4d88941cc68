package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.opsworkscm.account.StoredServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The script that an EC2 instance runs when it starts for the first time. */
final class UserData {

    private static final String HEAD = """
        #!/bin/bash
        set -e -o pipefail

        NODE_NAME="$(curl --silent --show-error --retry 3 http://169.254.169.254/latest/meta-data/instance-id)"
        """;

    private static final String CHEF = """

        curl --silent --show-error --location https://omnitruck.chef.io/install.sh |
          bash -s -- ${CLIENT_VERSION:+-v "$CLIENT_VERSION"}
        mkdir -p /etc/chef
        (umask 077 && openssl genrsa -out /etc/chef/client.pem 2048)
        token="$(aws opsworks-cm associate-node --region "$REGION" --server-name "$SERVER_NAME" \\
          --node-name "$NODE_NAME" --query NodeAssociationStatusToken --output text --engine-attributes \\
          "Name=CHEF_ORGANIZATION,Value=$CHEF_ORGANIZATION" \\
          "Name=CHEF_NODE_PUBLIC_KEY,Value=\'$(openssl rsa -in /etc/chef/client.pem -pubout)\'")"
        aws opsworks-cm wait node-associated --region "$REGION" --server-name "$SERVER_NAME" \\
          --node-association-status-token "$token"
        cat > /etc/chef/client.rb <<END
        chef_server_url 'https://$SERVER_ENDPOINT/organizations/$CHEF_ORGANIZATION'
        node_name '$NODE_NAME'
        END
        chef-client ${NODE_ENVIRONMENT:+-E "$NODE_ENVIRONMENT"} ${RUN_LIST:+-r "$RUN_LIST"}
        """;

    private static final String PUPPET = """

        ssl=/etc/puppetlabs/puppet/ssl
        mkdir -p "$ssl"/{private_keys,certs}
        aws opsworks-cm describe-servers --region "$REGION" --server-name "$SERVER_NAME" --output text \\
          --query "Servers[0].EngineAttributes[?Name=='PUPPET_API_CA_CERT'].Value" > "$ssl/certs/ca.pem"
        curl --silent --show-error --cacert "$ssl/certs/ca.pem" \\
          "https://$SERVER_ENDPOINT:8140/packages/current/install.bash" | bash -s
        csr="$(openssl req -new -newkey rsa:2048 -nodes -subj "/CN=$NODE_NAME" \\
          -keyout "$ssl/private_keys/$NODE_NAME.pem")"
        token="$(aws opsworks-cm associate-node --region "$REGION" --server-name "$SERVER_NAME" \\
          --node-name "$NODE_NAME" --query NodeAssociationStatusToken --output text \\
          --engine-attributes "Name=PUPPET_NODE_CSR,Value=\'$csr\'")"
        aws opsworks-cm wait node-associated --region "$REGION" --server-name "$SERVER_NAME" \\
          --node-association-status-token "$token"
        aws opsworks-cm describe-node-association-status --region "$REGION" --server-name "$SERVER_NAME" \\
          --node-association-status-token "$token" --output text \\
          --query "EngineAttributes[?Name=='PUPPET_NODE_CERT'].Value" > "$ssl/certs/$NODE_NAME.pem"
        puppet agent --test --server "$SERVER_ENDPOINT" --certname "$NODE_NAME"
        """;

    private UserData() {}

    static String of(StoredServer server, EngineAttributes parameters, String region) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("SERVER_NAME", server.name());
        variables.put(
                "SERVER_ENDPOINT",
                server.access().customDomain().orElse(server.access().endpoint()));
        variables.put("REGION", region);
        if (server.attributes().engine().equals(Engine.PUPPET)) {
            return HEAD + assigned(variables) + PUPPET;
        }
        variables.put("CHEF_ORGANIZATION", parameters.of("OrganizationName").orElse(AssociateNode.ORGANIZATION));
        variables.put("NODE_ENVIRONMENT", parameters.of("NodeEnvironment").orElse(""));
        variables.put("RUN_LIST", parameters.of("RunList").orElse(""));
        variables.put("CLIENT_VERSION", parameters.of("NodeClientVersion").orElse(""));
        return HEAD + assigned(variables) + CHEF;
    }

    /** Whatever the shell would take for more than text stays text. */
    private static String assigned(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "='" + variable.getValue().replace("'", "'\\''") + "'\n")
                .collect(Collectors.joining());
    }
}
