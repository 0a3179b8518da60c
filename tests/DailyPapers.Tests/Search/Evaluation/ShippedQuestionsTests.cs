using DailyPapers.Search.Evaluation;

namespace DailyPapers.Tests.Search.Evaluation;

/// <summary>The questions and judgements that the numbers in the documentation come from.</summary>
public class ShippedQuestionsTests
{
    [Fact]
    public void A_hundred_questions_each_have_at_least_three_relevant_papers()
    {
        var folder = Path.Combine(RepositoryRoot(), "bench", "Relevance");
        var questions = BeirFolder.ReadQueries(Path.Combine(folder, "questions.jsonl"));
        var judgements = Judgements.Read(Path.Combine(folder, "judgements.tsv"));
        Assert.Equal(100, questions.Count);
        Assert.Equal(100, questions.Select(question => question.Text).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(questions.Select(question => question.Id).Order(StringComparer.Ordinal), judgements.QueryIds.Order(StringComparer.Ordinal));
        Assert.All(questions, question =>
        {
            var grades = judgements.Of(question.Id);
            Assert.True(grades.Values.Count(grade => grade >= 2) >= 3, question.Text);
            Assert.All(grades, entry => Assert.True(entry.Value is >= 0 and <= 3 && entry.Key.Length == 12 && entry.Key.All(char.IsAsciiHexDigitLower), entry.Key));
        });
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DailyPapers.slnx")))
            folder = folder.Parent;
        Assert.SkipWhen(folder is null, "The tests run outside the repository, which has the questions.");
        return folder!.FullName;
    }
}
