namespace DailyPapers.Lab.Retrieval;

/// <summary>The recipe of <see cref="EmbeddingTraining"/>. The defaults are what measured best; the model card lists what they were compared with.</summary>
public sealed record ContrastiveOptions
{
    /// <summary>Numbers of a vector; a multiple of 64.</summary>
    public int Dimensions { get; init; } = 256;

    /// <summary>A word or pair in fewer papers is no token.</summary>
    public int FewestPapers { get; init; } = 3;

    /// <summary>The most words of the vocabulary.</summary>
    public int MostWords { get; init; } = 36_000;

    /// <summary>The most word pairs of the vocabulary.</summary>
    public int MostPairs { get; init; } = 23_000;

    /// <summary>p: a token that occurs k times in a text counts k^p times.</summary>
    public float FrequencyExponent { get; init; } = 0.5f;

    /// <summary>How often a title stands in the text of its paper, so that its words count more than those of the abstract.</summary>
    public int TitleCount { get; init; } = 8;

    /// <summary>Learn for each token how much it counts in a query beside what it counts in a paper.</summary>
    public bool LearnsQueryWeights { get; init; } = true;

    /// <summary>Passes over the papers.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Pairs of texts in a step, each pair's others being its negatives; a multiple of 64.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>τ: scores are divided by it before the softmax.</summary>
    public float Temperature { get; init; } = 0.05f;

    /// <summary>Adam's step at the start; it falls linearly to a hundredth.</summary>
    public float LearningRate { get; init; } = 0.003f;

    /// <summary>The share of tokens left out of a text in a step.</summary>
    public float TokenDropout { get; init; } = 0.1f;

    /// <summary>Start from latent semantic analysis instead of random directions.</summary>
    public bool StartFromLatentSemantics { get; init; } = true;

    /// <summary>Of each batch, the share of papers that come from a few topics, as negatives that are hard to tell apart; 0 for none.</summary>
    public float TopicShare { get; init; }

    /// <summary>How often each kind of pair is drawn: title and abstract, keywords and paper, sentence and rest, words of the title and abstract, halves of the abstract.</summary>
    public IReadOnlyList<float> ViewShares { get; init; } = [0.4f, 0.1f, 0.2f, 0.2f, 0.1f];
}
