using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Storage;

/// <summary>
/// For writes that make a row where there is none yet. Where an update of no row locks nothing, as on PostgreSQL, two of them
/// can both find none, and the unique index refuses the second.
/// </summary>
internal static class FirstWrite
{
    /// <summary>Does the write; when another was first, once more, and that finds the other's row.</summary>
    /// <param name="write">The whole of it, in a context and a transaction of its own.</param>
    public static async Task<T> OrAgainAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (DbUpdateException)
        {
            return await write();
        }
    }
}
