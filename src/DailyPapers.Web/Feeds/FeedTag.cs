using System.Globalization;
using System.IO.Hashing;
using System.Text;
using DailyPapers.Storage;
using Microsoft.Net.Http.Headers;

namespace DailyPapers.Web.Feeds;

/// <summary>Spares readers a feed they have.</summary>
internal static class FeedTag
{
    /// <summary>Gives the answer its tag; true when the reader has what the tag stands for, and 304 says all.</summary>
    /// <param name="context">The request.</param>
    /// <param name="version">The content's version.</param>
    /// <param name="what">Which feed it is, and what else its content hangs on.</param>
    public static bool IsKnown(HttpContext context, ContentVersion version, string what)
    {
        var hash = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{version.Lineage}.{version.Number}.{what}")));
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{hash:x16}\""), isWeak: true);
        context.Response.GetTypedHeaders().ETag = tag;
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false));
    }
}
