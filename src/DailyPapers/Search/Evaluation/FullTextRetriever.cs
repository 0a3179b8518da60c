using System.Text;
using Microsoft.Data.Sqlite;

namespace DailyPapers.Search.Evaluation;

/// <summary>BM25 of SQLite's FTS5 on Porter stems with its default weights; a document is found by any word of the query.</summary>
internal sealed class FullTextRetriever : IRetriever
{
    private readonly SqliteConnection _connection;
    private readonly IReadOnlyList<JudgedDocument> _documents;

    private FullTextRetriever(SqliteConnection connection, IReadOnlyList<JudgedDocument> documents)
    {
        _connection = connection;
        _documents = documents;
    }

    public static IRetriever Open(IReadOnlyList<JudgedDocument> documents, string folder, CancellationToken cancellationToken)
    {
        // Pooled connections would keep the file open after the folder is to be deleted.
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "fts5.db")};Pooling=False");
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
            Execute(connection, "CREATE VIRTUAL TABLE documents USING fts5(title, text, keywords, authors, tokenize='porter unicode61', content='')");
            Fill(connection, documents, cancellationToken);
            Execute(connection, "INSERT INTO documents(documents) VALUES('optimize')");
            return new FullTextRetriever(connection, documents);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public IReadOnlyList<RankedDocument> Retrieve(string query, int depth)
    {
        var ranking = new List<RankedDocument>();
        var match = AnyWordOf(query);
        if (match.Length == 0)
            return ranking;
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT rowid, bm25(documents) FROM documents WHERE documents MATCH $match ORDER BY bm25(documents), rowid LIMIT $depth";
        command.Parameters.AddWithValue("$match", match);
        command.Parameters.AddWithValue("$depth", depth);
        using var rows = command.ExecuteReader();
        // FTS5 gives the better match the smaller number.
        while (rows.Read())
            ranking.Add(new RankedDocument(_documents[(int)rows.GetInt64(0) - 1].Id, -rows.GetDouble(1)));
        return ranking;
    }

    public void Dispose() => _connection.Dispose();

    private static void Fill(SqliteConnection connection, IReadOnlyList<JudgedDocument> documents, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO documents(rowid, title, text, keywords, authors) VALUES($id, $title, $text, $keywords, $authors)";
        var (id, title, text) = (insert.Parameters.Add("$id", SqliteType.Integer), insert.Parameters.Add("$title", SqliteType.Text), insert.Parameters.Add("$text", SqliteType.Text));
        var (keywords, authors) = (insert.Parameters.Add("$keywords", SqliteType.Text), insert.Parameters.Add("$authors", SqliteType.Text));
        for (var i = 0; i < documents.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            id.Value = i + 1L;
            title.Value = documents[i].Title;
            text.Value = documents[i].Text;
            keywords.Value = string.Join(", ", documents[i].Keywords);
            authors.Value = string.Join(", ", documents[i].Authors);
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private static string AnyWordOf(string query)
    {
        var words = new StringBuilder(query.Length);
        foreach (var rune in query.EnumerateRunes())
            words.Append(Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark ? rune.ToString() : " ");
        return string.Join(" OR ", words.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Select(word => $"\"{word}\""));
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
