using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Accounts;

/// <summary>Everything the site keeps about a person, as one JSON document with a part for each capability.</summary>
public sealed class PersonalDataExport(IDbContextFactory<PapersDb> contexts, IEnumerable<IPersonalData> kept)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The document in UTF-8.</summary>
    public async Task<byte[]> WriteAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var parts = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var part in kept)
            parts.Add(part.Name, await part.ExportAsync(db, accountId, cancellationToken));
        return JsonSerializer.SerializeToUtf8Bytes(parts, Json);
    }
}
