using DailyPapers.Lab.Architectures.Guidance;
using DailyPapers.Lab.Data.Sequences;
using DailyPapers.Lab.Training;
using DailyPapers.Lab.Training.Guidance;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.Guidance;

/// <summary>A recurrent network on the copy task, alone and guided by a transformer that has learnt it (claim 3).</summary>
internal static class CopyExperiment
{
    private const int Symbols = 8;
    private const int Length = 8;
    private const int Hidden = 64;
    private const int Depth = 2;
    private const int TestSequences = 1000;

    /// <summary>Shares of wrong symbols among those to be said.</summary>
    internal sealed record Outcome(double Alone, double Guided, double Early, double Guide);

    internal static Outcome Run(int steps, int batch, double stepSizeGuide, double stepSizeAlone, double stepSizeGuided, Seed seed, CancellationToken cancellation)
    {
        var task = new CopyTask(Symbols, Length);
        using var scope = NewDisposeScope();
        var (testInputs, testAnswers) = task.Draw(TestSequences, seed.Stream("test").ToRandom());
        seed.Stream("guide").SeedTorch();
        using var guide = SequenceTagger.Transformer(task.Alphabet, task.Tokens, Hidden, 4, Depth);
        Train(guide, null, new(steps, batch, stepSizeGuide), seed.Stream("guide batches"));
        return new(Recurrent(stepSizeAlone, 0), Recurrent(stepSizeGuided, steps), Recurrent(stepSizeGuided, steps / 10), Error(guide));

        double Recurrent(double stepSize, int guidedSteps)
        {
            seed.Stream("weights").SeedTorch();
            using var network = SequenceTagger.Recurrent(task.Alphabet, Hidden, Hidden, Depth);
            using var guidance = new GuidanceLoss(network.Layers, guide, guide.Layers, tokenwise: true);
            Train(network, guidance, new(steps, batch, stepSize, guidedSteps), seed.Stream("batches"));
            return Error(network);
        }

        // Every batch is drawn anew; the numbers that the loop offers only say how many.
        void Train(SequenceTagger network, GuidanceLoss? guidance, GuidedTraining.Options options, Seed stream)
        {
            var random = stream.ToRandom();
            var step = 0;
            GuidedTraining.Run(network, options, new ShuffledBatches(new long[batch], batch, stream), _ =>
            {
                var (inputs, answers) = task.Draw(batch, random);
                var loss = nn.functional.cross_entropy(Said(network, inputs).reshape(-1, task.Alphabet), answers.reshape(-1));
                return GuidedTraining.Guided(guidance, loss, inputs, step++ < options.GuidedSteps);
            }, cancellation);
        }

        Tensor Said(SequenceTagger network, Tensor inputs) => network.call(inputs).narrow(1, task.Tokens - Length, Length);

        double Error(SequenceTagger network)
        {
            using var inner = NewDisposeScope();
            using var inference = no_grad();
            network.eval();
            return Said(network, testInputs).argmax(2).ne(testAnswers).to(float64).mean().item<double>();
        }
    }
}
