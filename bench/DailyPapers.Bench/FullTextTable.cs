using DailyPapers.Storage;
using Microsoft.Data.Sqlite;

namespace DailyPapers.Bench;

/// <summary>The same papers in an SQLite FTS5 table, to compare with.</summary>
internal sealed class FullTextTable : IDisposable
{
    private readonly SqliteConnection _connection;

    private FullTextTable(SqliteConnection connection) => _connection = connection;

    public static FullTextTable Open(DataDirectory directory)
    {
        var file = Path.Combine(directory.Root, "fts5.db");
        var exists = File.Exists(file);
        var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        if (!exists)
        {
            Execute(connection, "PRAGMA journal_mode=WAL");
            Execute(connection, "CREATE VIRTUAL TABLE papers USING fts5(title, summary, abstract, keywords, authors, tokenize='porter unicode61', prefix='2 3 4')");
            Execute(connection, $"ATTACH '{directory.DatabaseFile}' AS store");
            Execute(connection, "INSERT INTO papers(rowid, title, summary, abstract, keywords, authors) SELECT Id, Title, Summary, Abstract, Keywords, Authors FROM store.Papers");
            Execute(connection, "INSERT INTO papers(papers) VALUES('optimize')");
            Execute(connection, "DETACH store");
        }
        return new FullTextTable(connection);
    }

    /// <summary>The identities of a query's best hits.</summary>
    public List<long> Search(string match, int count)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT rowid FROM papers WHERE papers MATCH $match ORDER BY bm25(papers, 3, 1.5, 1, 2, 2) LIMIT $count";
        command.Parameters.AddWithValue("$match", match);
        command.Parameters.AddWithValue("$count", count);
        using var rows = command.ExecuteReader();
        var found = new List<long>();
        while (rows.Read())
            found.Add(rows.GetInt64(0));
        return found;
    }

    public void Dispose() => _connection.Dispose();

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
