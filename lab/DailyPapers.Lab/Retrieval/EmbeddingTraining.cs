using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using DailyPapers.Embedding;
using DailyPapers.Embedding.Format;
using DailyPapers.Embedding.Text;

namespace DailyPapers.Lab.Retrieval;

/// <summary>
/// Learns token vectors such that two texts about one paper lie near each other and texts about different papers don't:
/// contrastively, from pairs that the papers themselves provide. Held-out papers (<see cref="HeldOut"/>) are left out of
/// everything, the vocabulary included. The result depends on papers, options and seed alone, not on the number of threads.
/// </summary>
public sealed class EmbeddingTraining
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const int EpochsPerClustering = 4;

    private readonly ContrastiveOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly Random _random;
    private readonly TokenizedPaper[] _papers;
    private readonly float[] _vectors;
    private readonly float[] _firstMoments;
    private readonly float[] _secondMoments;
    private readonly float[]? _queryWeights;
    private readonly float[] _queryWeightMoments;
    private readonly TextBatch _queries;
    private readonly TextBatch _documents;
    private readonly PairDraw _pairs;
    private int _step;

    private EmbeddingTraining(IReadOnlyList<TrainingPaper> papers, ContrastiveOptions options, Seed seed, int threads, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        _options = options;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        progress?.Report(new TrainingProgress("vocabulary", 0, null));
        Vocabulary = VocabularyBuilder.Build(papers, options.FewestPapers, options.MostWords, options.MostPairs);
        if (Vocabulary.Count == 0)
            throw new InvalidDataException($"No word is in {options.FewestPapers} of the {papers.Count} papers to learn from; more papers are needed.");
        _papers = [.. papers.Select(paper => TokenizedPaper.Of(paper, Vocabulary)).Where(paper => paper.Title.Length > 0 && paper.Sentences.Length > 0)];
        if (_papers.Length < options.BatchSize)
            throw new InvalidDataException($"There are {_papers.Length} papers with title and abstract to learn from; a batch needs {options.BatchSize}.");
        progress?.Report(new TrainingProgress("start", 0, null));
        var idf = InverseDocumentFrequencies();
        _vectors = options.StartFromLatentSemantics
            ? LatentSemantics.TokenVectors(_papers, idf, options.Dimensions, seed.Stream("latent").ToRandom(), _parallel)
            : RandomVectors(idf, options.Dimensions, seed.Stream("start").ToRandom());
        Rescale(_vectors, options.Dimensions);
        (_firstMoments, _secondMoments) = (new float[_vectors.Length], new float[_vectors.Length]);
        _queryWeights = options.LearnsQueryWeights ? [.. Enumerable.Repeat(1f, Vocabulary.Count)] : null;
        _queryWeightMoments = new float[2 * Vocabulary.Count];
        (_queries, _documents) = (new TextBatch(options.FrequencyExponent), new TextBatch(options.FrequencyExponent));
        _random = seed.Stream("training").ToRandom();
        _pairs = new PairDraw(options.ViewShares, options.TokenDropout, options.TitleCount, _random);
    }

    /// <summary>The tokens.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Trains on those of the papers that are not held out.</summary>
    /// <param name="papers">All papers.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="seed">Seeds everything random.</param>
    /// <param name="threads">How many threads compute.</param>
    /// <param name="progress">Hears of every epoch.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="InvalidDataException">There are too few papers.</exception>
    public static EmbeddingTraining Run(
        IReadOnlyList<TrainingPaper> papers, ContrastiveOptions options, Seed seed, int threads, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(papers);
        ArgumentNullException.ThrowIfNull(options);
        var training = new EmbeddingTraining([.. papers.Where(paper => !HeldOut.Contains(paper.Title))], options, seed, threads, progress, cancellationToken);
        training.Train(progress, cancellationToken);
        return training;
    }

    /// <summary>Writes the model in the format of <see cref="StaticEmbeddingModel"/>.</summary>
    public void Save(Stream stream) => StaticEmbeddingModelWriter.Write(
        stream, Vocabulary, _vectors, _queryWeights ?? [.. Enumerable.Repeat(1f, Vocabulary.Count)], new float[_options.Dimensions], _options.FrequencyExponent, _options.TitleCount);

    private void Train(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var (batch, dimensions) = (_options.BatchSize, _options.Dimensions);
        var loss = new ContrastiveLoss(batch, dimensions, _options.Temperature, _parallel);
        var (queries, documents) = (new float[batch * dimensions], new float[batch * dimensions]);
        var gradients = new float[2 * batch * dimensions];
        var (queryGradients, documentGradients) = (new float[batch * dimensions], new float[batch * dimensions]);
        var stepsPerEpoch = _papers.Length / batch;
        var steps = stepsPerEpoch * _options.Epochs;
        int[]? topics = null;
        for (var epoch = 0; epoch < _options.Epochs; epoch++)
        {
            if (_options.TopicShare > 0 && epoch % EpochsPerClustering == EpochsPerClustering - 1)
                topics = TopicBatches.Topics(PaperVectors(), dimensions, _random, _parallel);
            var order = TopicBatches.Order(topics, _papers.Length, batch, _options.TopicShare, _random);
            var total = 0.0;
            for (var step = 0; step < stepsPerEpoch; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _queries.Clear();
                _documents.Clear();
                foreach (var paper in order.AsSpan(step * batch, batch))
                    _pairs.Draw(_papers[paper], _queries, _documents);
                _queries.Sum(_vectors, _queryWeights, queries, dimensions, _parallel);
                _documents.Sum(_vectors, null, documents, dimensions, _parallel);
                total += loss.Backward(queries, documents, queryGradients, documentGradients);
                queryGradients.CopyTo(gradients, 0);
                documentGradients.CopyTo(gradients, batch * dimensions);
                Update(gradients, _options.LearningRate * Math.Max(0.01f, 1 - ((float)_step / steps)));
                _step++;
            }
            progress?.Report(new TrainingProgress("training", (epoch + 1.0) / _options.Epochs, total / stepsPerEpoch));
        }
    }

    private float[] PaperVectors()
    {
        var texts = new TextBatch(_options.FrequencyExponent);
        foreach (var paper in _papers)
            texts.Add(paper.Sentences.Concat(Enumerable.Repeat(paper.Title, _options.TitleCount)), 0, _random);
        var vectors = new float[_papers.Length * _options.Dimensions];
        texts.Sum(_vectors, null, vectors, _options.Dimensions, _parallel);
        for (var i = 0; i < vectors.Length; i += _options.Dimensions)
        {
            var vector = vectors.AsSpan(i, _options.Dimensions);
            TensorPrimitives.Divide(vector, MathF.Max(TensorPrimitives.Norm(vector), 1e-12f), vector);
        }
        return vectors;
    }

    // Adam on the rows of the batch's tokens alone (Kingma and Ba 2015, algorithm 1; rows at rest keep their moments).
    private void Update(float[] gradients, float rate)
    {
        var occurrences = new List<TextBatch.Occurrence>(400_000);
        _queries.CollectOccurrences(occurrences, _queryWeights, 0);
        _documents.CollectOccurrences(occurrences, null, _options.BatchSize);
        var (ordered, starts) = ByToken(CollectionsMarshal.AsSpan(occurrences));
        var dimensions = _options.Dimensions;
        var corrected = rate * MathF.Sqrt(1 - MathF.Pow(Beta2, _step + 1)) / (1 - MathF.Pow(Beta1, _step + 1));
        const int block = 64;
        Parallel.For(0, (Vocabulary.Count + block - 1) / block, _parallel, part =>
        {
            Span<float> gradient = stackalloc float[dimensions];
            for (var token = part * block; token < Math.Min(Vocabulary.Count, (part * block) + block); token++)
            {
                if (starts[token] == starts[token + 1])
                    continue;
                var occurrencesOfToken = ordered.AsSpan(starts[token]..starts[token + 1]);
                gradient.Clear();
                AddGradients(occurrencesOfToken, gradients, ofQueries: true, gradient);
                var towardsQueryWeight = TensorPrimitives.Dot<float>(gradient, _vectors.AsSpan(token * dimensions, dimensions));
                AddGradients(occurrencesOfToken, gradients, ofQueries: false, gradient);
                Adam(token, gradient, corrected);
                if (_queryWeights is not null)
                    AdamOfQueryWeight(token, towardsQueryWeight, corrected);
            }
        });
    }

    private void AddGradients(ReadOnlySpan<TextBatch.Occurrence> occurrences, float[] gradients, bool ofQueries, Span<float> sum)
    {
        foreach (var occurrence in occurrences)
        {
            if (occurrence.Text < _options.BatchSize == ofQueries)
                DenseAlgebra.AddScaled(gradients.AsSpan(occurrence.Text * _options.Dimensions, _options.Dimensions), occurrence.Weight, sum);
        }
    }

    // On the logarithm of the weight, which keeps it positive; the weighted gradient times the vector is its derivative.
    private void AdamOfQueryWeight(int token, float gradient, float rate)
    {
        if (gradient == 0)
            return;
        ref var first = ref _queryWeightMoments[2 * token];
        ref var second = ref _queryWeightMoments[(2 * token) + 1];
        first = (Beta1 * first) + ((1 - Beta1) * gradient);
        second = (Beta2 * second) + ((1 - Beta2) * gradient * gradient);
        _queryWeights![token] *= MathF.Exp(-rate * first / (MathF.Sqrt(second) + 1e-8f));
    }

    private void Adam(int token, Span<float> gradient, float rate)
    {
        var dimensions = _options.Dimensions;
        var first = _firstMoments.AsSpan(token * dimensions, dimensions);
        var second = _secondMoments.AsSpan(token * dimensions, dimensions);
        TensorPrimitives.Multiply(first, Beta1, first);
        DenseAlgebra.AddScaled(gradient, 1 - Beta1, first);
        TensorPrimitives.Multiply(second, Beta2, second);
        TensorPrimitives.Multiply(gradient, gradient, gradient);
        DenseAlgebra.AddScaled(gradient, 1 - Beta2, second);
        TensorPrimitives.Sqrt(second, gradient);
        TensorPrimitives.Add(gradient, 1e-8f, gradient);
        TensorPrimitives.Divide(first, gradient, gradient);
        DenseAlgebra.AddScaled(gradient, -rate, _vectors.AsSpan(token * dimensions, dimensions));
    }

    private (TextBatch.Occurrence[] Ordered, int[] Starts) ByToken(ReadOnlySpan<TextBatch.Occurrence> occurrences)
    {
        var starts = new int[Vocabulary.Count + 1];
        foreach (var occurrence in occurrences)
            starts[occurrence.Token + 1]++;
        for (var i = 0; i < Vocabulary.Count; i++)
            starts[i + 1] += starts[i];
        var next = starts[..^1];
        var ordered = new TextBatch.Occurrence[occurrences.Length];
        foreach (var occurrence in occurrences)
            ordered[next[occurrence.Token]++] = occurrence;
        return (ordered, starts);
    }

    private float[] InverseDocumentFrequencies()
    {
        var papers = new int[Vocabulary.Count];
        foreach (var paper in _papers)
        {
            foreach (var token in paper.Sentences.Append(paper.Title).Concat(paper.Keywords).SelectMany(part => part).Distinct())
                papers[token]++;
        }
        return [.. papers.Select(count => MathF.Log((_papers.Length + 1f) / (count + 1f)) + 0.1f)];
    }

    private static float[] RandomVectors(float[] idf, int dimensions, Random random)
    {
        var vectors = new float[idf.Length * dimensions];
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = (random.NextSingle() - 0.5f) * idf[i / dimensions];
        return vectors;
    }

    // The loss does not depend on the scale of all vectors together, but Adam's steps do.
    private static void Rescale(float[] vectors, int dimensions)
    {
        var root = TensorPrimitives.Norm<float>(vectors) / MathF.Sqrt(vectors.Length / dimensions);
        TensorPrimitives.Divide(vectors, root, vectors);
    }
}
