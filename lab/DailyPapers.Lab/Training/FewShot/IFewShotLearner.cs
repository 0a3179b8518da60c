using static TorchSharp.torch;

namespace DailyPapers.Lab.Training.FewShot;

/// <summary>A learner of one-shot tasks that can be meta-trained.</summary>
public interface IFewShotLearner : IDisposable
{
    /// <summary>A step of first-order MAML: adapt to each task's support, then descend along the query loss's gradient at the adapted parameters.</summary>
    /// <param name="tasks">The tasks of the step.</param>
    /// <param name="innerRate">Learning rate of the adaptation, positive.</param>
    /// <param name="outerRate">Learning rate of the meta-training, positive.</param>
    /// <param name="innerSteps">Steps of the adaptation, at least 1.</param>
    void MetaStep(FewShotTasks tasks, double innerRate, double outerRate, int innerSteps);

    /// <summary>Logits of the queries after adaptation to the support, (T, ways, ways).</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="innerRate">Learning rate of the adaptation, positive.</param>
    /// <param name="innerSteps">Steps of the adaptation, at least 1.</param>
    Tensor Predict(FewShotTasks tasks, double innerRate, int innerSteps);
}
