using DailyPapers.Lab.Architectures;
using DailyPapers.Lab.Data;
using DailyPapers.Lab.Generalization.PacBayes;
using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.PromptEngineeringPacBayes;

/// <summary>Encoders trained on pictures and captions, and a task of ten classes with its whole population.</summary>
internal sealed class PromptTask : IDisposable
{
    internal const double Delta = 0.05;
    internal const int Classes = 10;

    /// <summary>Tokens of the longest prompt that the priors know; the wordiest written one has ten.</summary>
    internal const int LongestPrompt = 10;

    private const int PretrainingPictures = 20_000;
    private const int Batch = 256;
    private const int Population = 40_000;
    private const int Width = 128, Dimensions = 32;

    // Every shape in two opposite quarters.
    private static readonly ShapeConcept[] _concepts = [.. CaptionedShapes.Concepts.Where(concept => (concept.Shape + concept.Row + concept.Column) % 2 == 0)];

    private readonly ContrastiveDualEncoder _encoder;
    private readonly int[] _common;
    private readonly Tensor _images; // (Population, Dimensions)
    private readonly Tensor _labels; // (Population,)

    /// <param name="TrainingSteps">Steps of training the encoders.</param>
    /// <param name="Noise">Standard deviation of the noise on a pixel.</param>
    /// <param name="PromptLength">Most tokens that a search gives a class.</param>
    internal sealed record Setting(int TrainingSteps, double Noise, int PromptLength);

    internal PromptTask(Setting setting, Seed seed, Action<double> progress)
    {
        PromptLength = setting.PromptLength;
        using var scope = NewDisposeScope();
        var random = seed.Stream("pretraining").ToRandom();
        var all = CaptionedShapes.Concepts;
        var scenes = Enumerable.Range(0, PretrainingPictures).Select(i => CaptionedShapes.DrawScene(all[i % all.Count], random)).ToArray();
        var captions = scenes.Select(scene => CaptionedShapes.DrawCaption(scene, random)).ToArray();
        _common = [.. Enumerable.Range(0, CaptionedShapes.Vocabulary.Count).Where(token => captions.Count(caption => caption.Contains(token)) >= PretrainingPictures / 200)];
        CommonUniform = new(_common.Length, LongestPrompt);
        var pictures = CaptionedShapes.Render(scenes, setting.Noise, random);
        Language = new NgramPromptPrior(CaptionedShapes.Vocabulary.Count, captions, LongestPrompt);
        _encoder = new(CaptionedShapes.Side * CaptionedShapes.Side, CaptionedShapes.Vocabulary.Count, Width, Dimensions, 1e-3, seed.Stream("weights"));
        var batches = new ShuffledBatches(PretrainingPictures, Batch, seed.Stream("batches"));
        var rows = new long[Batch];
        for (var step = 0; step < setting.TrainingSteps; step++)
        {
            using var inner = NewDisposeScope();
            batches.Next(rows);
            _encoder.Step(pictures.index_select(0, tensor(rows)), [.. rows.Select(row => captions[row])]);
            if (step % 20 == 0)
                progress((step + 1.0) / setting.TrainingSteps);
        }

        var population = seed.Stream("population").ToRandom();
        var examples = Enumerable.Range(0, Population).Select(i => CaptionedShapes.DrawScene(_concepts[i % Classes], population)).ToArray();
        using var withoutGradients = no_grad();
        var images = CaptionedShapes.Render(examples, setting.Noise, population);
        _images = _encoder.EncodeImages(images).DetachFromDisposeScope();
        _labels = tensor(Enumerable.Range(0, Population).Select(i => (long)(i % Classes)).ToArray()).DetachFromDisposeScope();
        ExamplePixels = images.narrow(0, 0, Classes).flatten().data<float>().ToArray();
        Handmade = Write(3, _ => 0, _ => 0);
        var synonyms = seed.Stream("synonyms").ToRandom();
        Written =
        [
            .. from form in Enumerable.Range(0, CaptionedShapes.Forms.Count)
               from variant in Enumerable.Range(0, 5)
               select Write(form, _ => synonyms.Next(3), _ => synonyms.Next(2)),
        ];
    }

    /// <summary>The language model, an n-gram of the captions that the encoders were trained on.</summary>
    internal NgramPromptPrior Language { get; }

    /// <summary>The prior without a language model.</summary>
    internal UniformPromptPrior Uniform { get; } = new(CaptionedShapes.Vocabulary.Count, LongestPrompt);

    /// <summary>The uniform prior on the tokens that the search considers: those in at least one of 200 captions of the encoders' training.</summary>
    internal UniformPromptPrior CommonUniform { get; }

    internal int PromptLength { get; }

    /// <summary>"a photo of a … in the …", the first name of everything.</summary>
    internal int[][] Handmade { get; }

    /// <summary>Prompts in all forms of captions with random names, the form the same for all classes.</summary>
    internal IReadOnlyList<int[][]> Written { get; }

    /// <summary>The pixels of one picture of each class, for the figure.</summary>
    internal float[] ExamplePixels { get; }

    /// <summary>Examples drawn from the population with repetition, so that they are independent and the population's error is the true one.</summary>
    internal (Tensor Images, Tensor Labels) Sample(int count, Seed seed)
    {
        using var scope = NewDisposeScope();
        var random = seed.ToRandom();
        var rows = tensor(Enumerable.Range(0, count).Select(_ => (long)random.Next(Population)).ToArray());
        return (_images.index_select(0, rows).MoveToOuterDisposeScope(), _labels.index_select(0, rows).MoveToOuterDisposeScope());
    }

    // #region errors
    /// <summary>The error on the whole population.</summary>
    internal double TrueError(int[][] prompts) => Error(_images, _labels, prompts);

    /// <summary>The error on a sample.</summary>
    internal double Error(Tensor images, Tensor labels, int[][] prompts)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        return PromptClassifier.Error(images, labels, _encoder.EncodeTexts(prompts));
    }

    /// <summary>The prompts of the greedy search, which looks at training errors only, or at the bound when <paramref name="bound"/> says so.</summary>
    internal int[][] Search(Tensor images, Tensor labels, bool bound = false) =>
        new GreedyPromptSearch(images, labels, Classes, _common, _encoder.EncodeTexts)
            .Run(PromptLength, bound ? StructuralRisk.Bound(Language, (int)labels.shape[0], Delta) : null);

    /// <summary>
    /// Bounds of prompts on a sample of n examples: with the language model, the same by Seeger's inequality, with the uniform prior, and
    /// with the one on common tokens.
    /// </summary>
    internal (double Language, double Seeger, double Uniform, double Common) Bounds(double trainError, int[][] prompts, int n)
    {
        var nats = StructuralRisk.Divergence(Language, prompts);
        return (
            PacBayesBound.McAllester(trainError, nats, n, Delta),
            PacBayesBound.Seeger(trainError, nats, n, Delta),
            PacBayesBound.McAllester(trainError, StructuralRisk.Divergence(Uniform, prompts), n, Delta),
            PacBayesBound.McAllester(trainError, StructuralRisk.Divergence(CommonUniform, prompts), n, Delta));
    }
    // #endregion errors

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _images.Dispose();
        _labels.Dispose();
    }

    private static int[][] Write(int form, Func<int, int> noun, Func<int, int> row) =>
        [.. _concepts.Select((concept, c) => CaptionedShapes.Prompt(concept, CaptionedShapes.Forms[form], noun(c), row(c)))];
}
