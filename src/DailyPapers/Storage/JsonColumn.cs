using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Storage;

/// <summary>Maps a list or a dictionary to a JSON text column: what is only ever read and written with its owner needs no table.</summary>
internal static class JsonColumn
{
    internal static void IsJson<T>(this PropertyBuilder<List<T>> property) where T : notnull =>
        property.HasConversion(
            list => JsonSerializer.Serialize(list, StorageJson.Columns),
            text => JsonSerializer.Deserialize<List<T>>(text, StorageJson.Columns) ?? new List<T>(),
            new ValueComparer<List<T>>(
                (left, right) => left == right || (left != null && right != null && left.SequenceEqual(right)),
                list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
                list => list.ToList()));

    internal static void IsJson(this PropertyBuilder<Dictionary<string, string>> property) =>
        property.HasConversion(
            entries => JsonSerializer.Serialize(entries, StorageJson.Columns),
            text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, StorageJson.Columns) ?? new Dictionary<string, string>(),
            new ValueComparer<Dictionary<string, string>>(
                (left, right) => left == right || (left != null && right != null && left.SequenceEqual(right)),
                entries => entries.Count,
                entries => new Dictionary<string, string>(entries)));
}
