using Microsoft.Extensions.Options;

namespace DailyPapers.Search.Embedding;

internal sealed class EmbeddingOptionsRules(IEnumerable<IEmbeddingKind> kinds) : IValidateOptions<EmbeddingOptions>
{
    private const int MostDimensions = 16_384;

    public ValidateOptionsResult Validate(string? name, EmbeddingOptions options)
    {
        var problems = new List<string>();
        Require(options.Dimensions is null or >= 1 and <= MostDimensions,
            $"{EmbeddingOptions.Section}:Dimensions is {options.Dimensions}; expected 1 to {MostDimensions}, or nothing for the model's own.");
        Require(options.BatchSize is null or >= 1 and <= 2048, $"{EmbeddingOptions.Section}:BatchSize is {options.BatchSize}; expected 1 to 2048.");
        Require(options.MaxTokens is null or >= 3, $"{EmbeddingOptions.Section}:MaxTokens is {options.MaxTokens}; expected at least 3, or nothing for the model's own.");
        Require(options.Threads is null or >= 1 and <= 1024, $"{EmbeddingOptions.Section}:Threads is {options.Threads}; expected 1 to 1024.");
        Require(options.Timeout >= TimeSpan.FromMilliseconds(100) && options.Timeout <= TimeSpan.FromHours(1),
            $"{EmbeddingOptions.Section}:Timeout is {options.Timeout}; expected 00:00:00.1 to 01:00:00.");
        Require(options.QueryTimeout >= TimeSpan.FromMilliseconds(10) && options.QueryTimeout <= TimeSpan.FromMinutes(5),
            $"{EmbeddingOptions.Section}:QueryTimeout is {options.QueryTimeout}; expected 00:00:00.01 to 00:05:00.");
        Require(options.Retries is >= 0 and <= 20, $"{EmbeddingOptions.Section}:Retries is {options.Retries}; expected 0 to 20.");

        if (options.Kind != EmbeddingOptions.NoKind)
        {
            if (kinds.LastOrDefault(kind => kind.Name == options.Kind) is { } chosen)
                problems.AddRange(chosen.Problems(options));
            else
                problems.Add($"{EmbeddingOptions.Section}:Kind is \"{options.Kind}\"; expected one of {string.Join(", ", Known())}.");
        }
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Require(bool holds, string otherwise)
        {
            if (!holds)
                problems.Add(otherwise);
        }
    }

    private IEnumerable<string> Known() => kinds.Select(kind => kind.Name).Distinct().Order(StringComparer.Ordinal).Append(EmbeddingOptions.NoKind);
}
