using System.Globalization;
using System.IO.Hashing;
using System.Text;
using DailyPapers.Storage;
using Microsoft.Net.Http.Headers;

namespace DailyPapers.Web.Feeds;

/// <summary>Lets feed readers ask whether there is anything new, by the version of the content.</summary>
internal static class FeedTag
{
    /// <summary>Gives the answer its tag; true when the reader has this state already and needs no more than that.</summary>
    public static bool IsKnown(HttpContext context, ContentVersion version, string what)
    {
        var hash = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{version.Lineage}.{version.Number}.{what}")));
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{hash:x16}\""), isWeak: true);
        context.Response.GetTypedHeaders().ETag = tag;
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false));
    }
}
