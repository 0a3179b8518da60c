using DailyPapers.Lab.Architectures.ClickThroughRate;
using DailyPapers.Lab.Data.ClickThroughRate;
using DailyPapers.Lab.Reporting;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DailyPapers.Lab.Training.ClickThroughRate;

/// <summary>
/// Training as in FinalMLP's code: Adam on the binary cross-entropy, gradients clipped to norm 10, the learning rate divided by ten after a pass whose validation AUC is no better, and the
/// best pass's weights kept.
/// </summary>
public static class ClickTraining
{
    private const double LargestNorm = 10;

    /// <summary>Trains a model.</summary>
    /// <param name="model">From ids, (n, fields), to logits, (n); on the device where it is to be trained.</param>
    /// <param name="train">What it learns from.</param>
    /// <param name="validation">What decides about the learning rate and the best pass.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">The stream of the batches.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    public static ClickTrainingOutcome Run(
        Module<Tensor, Tensor> model, ClickData train, ClickData validation, ClickTrainingOptions options, Seed seed, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        using var scope = NewDisposeScope();
        var parameters = model.parameters().ToArray();
        var device = DeviceOf(model);
        var (ids, labels) = (train.IdTensor(device), train.LabelTensor(device));
        using var optimizer = optim.Adam(parameters, options.StepSize);
        var batches = new ShuffledBatches(train.Count, Math.Min(options.BatchSize, train.Count), seed);
        var steps = train.Count / batches.Size;
        var indices = new long[batches.Size];
        Tensor[] tables = options.EmbeddingPenalty == 0 ? [] : [.. model.modules().OfType<FieldEmbedding>().Select(table => table.Weight)];
        var (stepSize, bad, best) = (options.StepSize, 0, 0);
        var history = new List<double>();
        Tensor[] kept = [];
        while (history.Count < options.Epochs && bad < options.Patience)
        {
            model.train();
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = stepSize;
            for (var step = 0; step < steps; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                batches.Next(indices);
                optimizer.zero_grad();
                Loss(tensor(indices, device: device)).backward();
                nn.utils.clip_grad_norm_(parameters, LargestNorm);
                optimizer.step();
            }
            history.Add(Auc(model, validation));
            if (best == 0 || history[^1] > history[best - 1] + 1e-6)
            {
                (best, bad) = (history.Count, 0);
                foreach (var old in kept)
                    old.Dispose();
                kept = [.. model.state_dict().Values.Select(value => value.detach().clone())];
            }
            else
            {
                bad++;
                stepSize = Math.Max(stepSize * 0.1, Math.Min(stepSize, 1e-6));
            }
        }
        using (no_grad())
        {
            foreach (var (now, then) in model.state_dict().Values.Zip(kept))
                now.copy_(then);
        }
        return new(best, history);

        Tensor Loss(Tensor rows)
        {
            var loss = functional.binary_cross_entropy_with_logits(model.call(ids.index_select(0, rows)), labels.index_select(0, rows));
            foreach (var table in tables)
                loss = loss + options.EmbeddingPenalty / 2 * table.square().sum();
            return loss;
        }
    }

    /// <summary>The area under the ROC curve, from 0 to 1.</summary>
    public static double Auc(Module<Tensor, Tensor> model, ClickData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return RocAuc.Binary(Logits(model, data), data.Clicked.ToArray());
    }

    /// <summary>The mean binary cross-entropy in nats.</summary>
    public static double LogLoss(Module<Tensor, Tensor> model, ClickData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var clicked = data.Clicked.ToArray();
        return Logits(model, data).Select((logit, row) => SoftPlus(clicked[row] ? -logit : logit)).Average();
    }

    /// <summary>The logits of all impressions, in evaluation mode; the model's mode is put back.</summary>
    public static double[] Logits(Module<Tensor, Tensor> model, ClickData data, int batch = 8192)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var training = model.training;
        model.eval();
        try
        {
            using var inference = no_grad();
            using var scope = NewDisposeScope();
            var ids = data.IdTensor(DeviceOf(model));
            var logits = new double[data.Count];
            for (var from = 0; from < data.Count; from += batch)
            {
                using var inner = NewDisposeScope();
                var part = model.call(ids.narrow(0, from, Math.Min(batch, data.Count - from))).to(float64).cpu().data<double>();
                part.CopyTo(logits, from);
            }
            return logits;
        }
        finally
        {
            model.train(training);
        }
    }

    private static Device? DeviceOf(Module<Tensor, Tensor> model) => model.parameters().FirstOrDefault()?.device;

    private static double SoftPlus(double x) => Math.Max(x, 0) + double.LogP1(Math.Exp(-Math.Abs(x)));
}
