package dev.serverbackup.priming;

import java.net.InetAddress;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * The SDK's HTTP client over connections without a network. Every request is made one for HTTPS, whose connections are
 * the canned ones: a client that was led to plain HTTP elsewhere would open real ones. Thread-safe.
 */
final class CannedHttpClient implements SdkHttpClient {
    private static final int HTTPS = 443;

    private final SdkHttpClient client;

    CannedHttpClient(CannedSockets sockets) {
        this.client = ApacheHttpClient.builder()
                .socketFactory(sockets)
                // No name is looked up.
                .dnsResolver(_ -> new InetAddress[] {InetAddress.getLoopbackAddress()})
                .build();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest safe =
                request.httpRequest().toBuilder().protocol("https").port(HTTPS).build();
        return client.prepareRequest(HttpExecuteRequest.builder()
                .request(safe)
                .contentStreamProvider(request.contentStreamProvider().orElse(null))
                .metricCollector(request.metricCollector().orElse(null))
                .build());
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
