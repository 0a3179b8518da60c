using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DailyPapers.Bench.Community;

/// <summary>Compares what must hold with the rows of the database, read with SQL of its own.</summary>
internal static class StoredState
{
    public static List<string> Differences(string databaseFile, IReadOnlyList<string> papers, CommunityState expected)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = databaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        using (connection)
        {
            connection.Open();
            var place = papers.Select((path, i) => (Key: path["/papers/".Length..], i)).ToDictionary(paper => paper.Key, paper => paper.i);
            var differences = new List<string>();
            foreach (var row in Rows(connection, "SELECT Key, Upvotes, Comments FROM Papers").Where(row => place.ContainsKey((string)row[0])))
            {
                var paper = place[(string)row[0]];
                Differ(differences, $"{row[0]}: upvotes counted", expected.VotesOf(paper), Convert.ToInt32(row[1], CultureInfo.InvariantCulture));
                Differ(differences, $"{row[0]}: comments counted", expected.VisibleOf(paper).Count, Convert.ToInt32(row[2], CultureInfo.InvariantCulture));
            }
            Differ(differences, "upvotes", expected.Votes, Rows(connection, "SELECT p.Key, a.Email FROM Upvotes u JOIN Papers p ON p.Id = u.PaperId JOIN Accounts a ON a.Id = u.AccountId")
                .Select(row => (place[(string)row[0]], (string)row[1])));
            Differ(differences, "comments", expected.Comments.Values.Select(act => (act.Comment, act.Paper, act.Reader, act.Parent ?? 0, expected.Deleted.Contains(act.Comment) ? "Deleted" : "Visible")),
                Rows(connection, "SELECT c.Id, p.Key, a.Email, c.ParentId, c.State FROM Comments c JOIN Papers p ON p.Id = c.PaperId JOIN Accounts a ON a.Id = c.AuthorId")
                    .Select(row => ((long)row[0], place[(string)row[1]], (string)row[2], row[3] as long? ?? 0, (string)row[4])));
            Differ(differences, "reactions", expected.Reactions, Rows(connection, "SELECT r.CommentId, a.Email, r.Kind FROM Reactions r JOIN Accounts a ON a.Id = r.AccountId")
                .Select(row => ((long)row[0], (string)row[1], (string)row[2])));
            Differ(differences, "audit entries of comments written", expected.Comments.Count, Count(connection, "comment.post"));
            Differ(differences, "audit entries of comments deleted", expected.Deleted.Count, Count(connection, "comment.delete"));
            return differences;
        }
    }

    private static int Count(SqliteConnection connection, string action) =>
        Rows(connection, $"SELECT 1 FROM AuditEntries WHERE Action = '{action}'").Count();

    private static void Differ(List<string> differences, string what, int expected, int found)
    {
        if (expected != found)
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {found}, must be {expected}"));
    }

    private static void Differ<T>(List<string> differences, string what, IEnumerable<T> expected, IEnumerable<T> found)
    {
        var (wanted, rows) = (expected.ToHashSet(), found.ToHashSet());
        differences.AddRange(wanted.Except(rows).Select(one => $"{what}: {one} is missing"));
        differences.AddRange(rows.Except(wanted).Select(one => $"{what}: {one} was never acknowledged"));
    }

    private static IEnumerable<object[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are written here.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }
}
