using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Sources;

/// <summary>Reads and writes where sources stand.</summary>
internal sealed class SourceCursors(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    private const int LongestKey = 200;

    /// <summary>The key of a selection; one that is too long for the column keeps its beginning and a hash.</summary>
    public static string KeyOf(string source, string selection)
    {
        var key = $"{source}:{selection}";
        return key.Length <= LongestKey
            ? key
            : $"{key[..120]}…{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
    }

    /// <summary>The stored state; null when there is none, or when it was written in a form that is no longer read.</summary>
    public async Task<T?> ReadAsync<T>(string key, CancellationToken cancellationToken) where T : class
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var cursor = await db.SourceCursors.AsNoTracking().SingleOrDefaultAsync(c => c.Key == key, cancellationToken);
        try
        {
            return cursor is null ? null : JsonSerializer.Deserialize<T>(cursor.State);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the state with the caller's transaction.</summary>
    public async Task WriteAsync<T>(PapersDb db, string key, T state, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(state);
        var cursor = await db.SourceCursors.SingleOrDefaultAsync(c => c.Key == key, cancellationToken);
        if (cursor is null)
        {
            db.SourceCursors.Add(new SourceCursor { Key = key, State = text, UpdatedAt = time.GetUtcNow() });
            return;
        }
        cursor.State = text;
        cursor.UpdatedAt = time.GetUtcNow();
    }

    /// <summary>Writes a state that brings no papers with it.</summary>
    public async Task WriteAsync<T>(string key, T state, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await WriteAsync(db, key, state, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Removes the state.</summary>
    public async Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.SourceCursors.Where(c => c.Key == key).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Removes the state with the caller's transaction.</summary>
    public static async Task RemoveAsync(PapersDb db, string key, CancellationToken cancellationToken)
    {
        if (await db.SourceCursors.SingleOrDefaultAsync(c => c.Key == key, cancellationToken) is { } cursor)
            db.SourceCursors.Remove(cursor);
    }
}
