package io.engram.modelregistry.http;

import io.engram.modelregistry.page.Asset;
import io.engram.modelregistry.page.Assets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page for people, file by file. What it may load stands in its policy: only what this port serves. */
final class PageFiles {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Assets assets = Assets.read();

  Answer index(Call call) {
    return file(call, Assets.INDEX);
  }

  Answer file(Call call) {
    return file(call, call.path("file"));
  }

  private Answer file(Call call, String name) {
    Asset asset =
        assets
            .find(name)
            .orElseThrow(() -> Problem.notFound("the page has no file '" + name + "'"));
    String tag = EntityTag.of(asset.body());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", tag);
    // Asked for again each time, and then mostly not sent: an upgrade never mixes old files with
    // new ones.
    headers.put("Cache-Control", "no-cache");
    if (call.header("if-none-match").filter(it -> EntityTag.matches(it, tag)).isPresent()) {
      return new Answer.Whole(304, headers, new byte[0]);
    }
    headers.put("Content-Type", asset.type());
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    return new Answer.Whole(200, headers, asset.body());
  }
}
