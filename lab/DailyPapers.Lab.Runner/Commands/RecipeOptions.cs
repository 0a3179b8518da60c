using System.CommandLine;
using DailyPapers.Lab.Retrieval;

namespace DailyPapers.Lab.Runner.Commands;

/// <summary>The parts of the recipe that <c>train-embedding</c> lets one vary, to measure what each is worth.</summary>
internal sealed class RecipeOptions
{
    private static readonly ContrastiveOptions Usual = new();

    private readonly Option<int> _dimensions = new("--dimensions") { Description = "Numbers of a vector, a multiple of 64.", DefaultValueFactory = _ => Usual.Dimensions };
    private readonly Option<int> _words = new("--words") { Description = "The most words of the vocabulary.", DefaultValueFactory = _ => Usual.MostWords };
    private readonly Option<int> _pairs = new("--pairs") { Description = "The most word pairs of the vocabulary; 0 for none.", DefaultValueFactory = _ => Usual.MostPairs };
    private readonly Option<int> _titles = new("--title-count") { Description = "How often a title stands in the text of its paper.", DefaultValueFactory = _ => Usual.TitleCount };
    private readonly Option<bool> _plainQueries = new("--plain-queries") { Description = "Weigh the words of queries as those of papers, instead of learning their weights." };
    private readonly Option<float> _topics = new("--topic-share") { Description = "Of each batch, the share of papers from a few topics, as hard negatives.", DefaultValueFactory = _ => Usual.TopicShare };
    private readonly Option<float> _temperature = new("--temperature") { Description = "The temperature of the softmax.", DefaultValueFactory = _ => Usual.Temperature };
    private readonly Option<float> _exponent = new("--frequency-exponent") { Description = "A word that occurs k times counts k to this power.", DefaultValueFactory = _ => Usual.FrequencyExponent };
    private readonly Option<bool> _randomStart = new("--random-start") { Description = "Start from random directions instead of latent semantic analysis." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_dimensions, _words, _pairs, _titles, _plainQueries, _topics, _temperature, _exponent, _randomStart])
            command.Add(option);
    }

    public ContrastiveOptions Of(ParseResult parsed) => new()
    {
        Dimensions = parsed.GetValue(_dimensions),
        MostWords = parsed.GetValue(_words),
        MostPairs = parsed.GetValue(_pairs),
        TitleCount = parsed.GetValue(_titles),
        LearnsQueryWeights = !parsed.GetValue(_plainQueries),
        TopicShare = parsed.GetValue(_topics),
        Temperature = parsed.GetValue(_temperature),
        FrequencyExponent = parsed.GetValue(_exponent),
        StartFromLatentSemantics = !parsed.GetValue(_randomStart),
    };
}
