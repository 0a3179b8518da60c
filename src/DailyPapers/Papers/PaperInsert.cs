using System.Data.Common;
using System.Globalization;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DailyPapers.Papers;

/// <summary>
/// Inserts new papers with one prepared statement. SaveChanges would build and compile a statement for every row, which
/// takes most of the time of a large import.
/// </summary>
internal static class PaperInsert
{
    /// <summary>Inserts inside the current transaction, numbers the changes, and leaves the papers tracked as unchanged.</summary>
    public static async Task RunAsync(PapersDb db, IReadOnlyCollection<Paper> papers, CancellationToken cancellationToken)
    {
        if (papers.Count == 0)
            return;
        var number = await db.TakeChangeNumbersAsync(papers.Count, cancellationToken);
        var columns = ColumnsOf(db);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = StatementFor(db, columns);
        foreach (var (property, i) in columns.Select((property, i) => (property, i)))
            command.Parameters.Add(property.GetRelationalTypeMapping().CreateParameter(command, $"@p{i}", null, property.IsNullable));
        await command.PrepareAsync(cancellationToken);
        foreach (var paper in papers)
        {
            paper.ChangeSequence = number++;
            Bind(command, columns, paper);
            paper.Id = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
            db.Attach(paper);
        }
    }

    private static List<IProperty> ColumnsOf(PapersDb db) =>
        [.. db.Model.FindEntityType(typeof(Paper))!.GetProperties().Where(property => !property.IsPrimaryKey())];

    private static string StatementFor(PapersDb db, List<IProperty> columns)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        var entity = db.Model.FindEntityType(typeof(Paper))!;
        var names = string.Join(", ", columns.Select(column => sql.DelimitIdentifier(column.GetColumnName())));
        var values = string.Join(", ", columns.Select((_, i) => $"@p{i}"));
        return $"INSERT INTO {sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema())} ({names}) VALUES ({values}) RETURNING {sql.DelimitIdentifier(nameof(Paper.Id))}";
    }

    private static void Bind(DbCommand command, List<IProperty> columns, Paper paper)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var value = columns[i].PropertyInfo!.GetValue(paper);
            var converter = columns[i].GetRelationalTypeMapping().Converter;
            command.Parameters[i].Value = (converter is null ? value : converter.ConvertToProvider(value)) ?? DBNull.Value;
        }
    }
}
