package dev.serverbackup.local.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses with 403 what was asked of any other name than this machine's own, before anything else sees it. A web page
 * can have its own name lead to 127.0.0.1 (DNS rebinding) and would then be allowed to call all that answers there; but
 * its browser says the page's name in {@code Host}. What is answered: loopback names, the name that was bound, the
 * address that the connection came to, and where every address was bound the name by which Docker leads to its host.
 */
public final class HostCheck extends Handler.Wrapper {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "0:0:0:0:0:0:0:1");
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");
    private static final String DOCKERS_HOST = "host.docker.internal";

    private final String bound;

    /** @param bound the name or address that is listened on */
    public HostCheck(String bound, Handler answers) {
        super(answers);
        this.bound = plain(bound);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (isOurs(host(request)) || host(request).equals(address(request).getHostAddress())) {
            return super.handle(request, response, callback);
        }
        refuse(host(request), response, callback);
        return true;
    }

    /** Whether a request can only have come from this machine, and was asked of one of its loopback names. */
    static boolean isLoopback(Request request) {
        return LOOPBACK.contains(host(request)) && address(request).isLoopbackAddress();
    }

    /** The name that the request was asked of, without its port, in lower case and without brackets. */
    static String host(Request request) {
        return plain(String.valueOf(Request.getServerName(request)));
    }

    private boolean isOurs(String host) {
        return LOOPBACK.contains(host)
                || host.equals(bound)
                || (EVERYWHERE.contains(bound) && host.equals(DOCKERS_HOST));
    }

    private static InetAddress address(Request request) {
        return ((InetSocketAddress) request.getConnectionMetaData().getLocalSocketAddress()).getAddress();
    }

    private static String plain(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    private static void refuse(String host, Response response, Callback callback) {
        var refusal = new AwsError(
                AwsErrorType.ACCESS_DENIED,
                "The local cloud answers to 127.0.0.1, localhost and [::1], and to the address that it was started on,"
                        + " not to '%s': any web page could call it by another name.".formatted(host));
        var body = Result.refused(refusal).body();
        response.setStatus(403);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, AwsJson.CONTENT_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
