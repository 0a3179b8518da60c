using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DailyPapers.Storage;

/// <summary>Gives SQLite, which has none, the function <c>sha256(text)</c>: a migration hashes with it secrets that were once stored readable.</summary>
internal sealed class SqliteSha256 : DbConnectionInterceptor
{
    public override DbConnection ConnectionCreated(ConnectionCreatedEventData eventData, DbConnection result)
    {
        ((SqliteConnection)result).CreateFunction("sha256", (string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text)), isDeterministic: true);
        return result;
    }
}
