using DailyPapers.Lab.Data;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Data;

public sealed class CaptionedShapesTests
{
    [Fact]
    public void There_are_twenty_concepts_and_a_vocabulary_without_repetition()
    {
        Assert.Equal(20, CaptionedShapes.Concepts.Distinct().Count());
        Assert.Equal(CaptionedShapes.Vocabulary.Count, CaptionedShapes.Vocabulary.Distinct().Count());
        Assert.True(CaptionedShapes.Vocabulary.Count > 1000);
    }

    [Fact]
    public void Prompts_are_forms_filled_with_names() =>
        Assert.Equal(
            "a photo of a hoop in the top right",
            CaptionedShapes.Text(CaptionedShapes.Prompt(new ShapeConcept(1, 0, 1), "a photo of a N in the R C", noun: 1, row: 1)));

    [Fact]
    public void Words_beyond_the_grammar_are_refused() =>
        Assert.Throws<ArgumentException>(() => CaptionedShapes.Prompt(new ShapeConcept(0, 0, 0), "a sculpture of a N", 0, 0));

    [Fact]
    public void Captions_say_what_is_there()
    {
        var random = new Seed(1).ToRandom();
        var scene = new ShapeScene(new ShapeConcept(3, 1, 0), Large: true, Bright: false, 0, 0);
        var captions = Enumerable.Range(0, 300).Select(_ => CaptionedShapes.Text(CaptionedShapes.DrawCaption(scene, random))).ToArray();
        Assert.All(captions, caption =>
        {
            var words = caption.Split(' ');
            Assert.Single(words.Intersect(["cross", "plus", "star"]));
            Assert.Single(words.Intersect(["lower", "bottom"]));
            Assert.Contains("left", words);
            Assert.Empty(words.Intersect(["small", "tiny", "little", "bright", "vivid", "light"]));
        });
        // Half of the captions end in a number; the standard error of the share is 0.03.
        Assert.Equal(0.5, captions.Average(caption => caption.Contains("number", StringComparison.Ordinal) ? 1.0 : 0), 0.12);
    }

    [Fact]
    public void Ink_lies_in_the_quarter_of_the_concept()
    {
        using var scope = NewDisposeScope();
        var random = new Seed(2).ToRandom();
        foreach (var concept in CaptionedShapes.Concepts)
        {
            var image = CaptionedShapes.Render([CaptionedShapes.DrawScene(concept, random)], 0, random).view(16, 16);
            var quarter = image.narrow(0, 8 * concept.Row, 8).narrow(1, 8 * concept.Column, 8).sum().item<float>();
            Assert.InRange(quarter / image.sum().item<float>(), 0.6, 1.001);
        }
    }

    [Fact]
    public void Shapes_and_shades_differ_and_noise_has_its_deviation()
    {
        using var scope = NewDisposeScope();
        var random = new Seed(3).ToRandom();
        var scenes = Enumerable.Range(0, CaptionedShapes.Shapes).Select(shape => new ShapeScene(new ShapeConcept(shape, 0, 0), true, true, 0, 0)).ToArray();
        var images = CaptionedShapes.Render(scenes, 0, random);
        for (var i = 0; i < scenes.Length; i++)
            for (var j = 0; j < i; j++)
                Assert.True((images[i] - images[j]).abs().sum().item<float>() > 3);
        var dim = CaptionedShapes.Render([scenes[2] with { Bright = false }], 0, random);
        Assert.Equal(0.6f, dim.max().item<float>(), 1e-6f);
        var noisy = CaptionedShapes.Render([.. Enumerable.Repeat(scenes[0], 40)], 0.3, random);
        Assert.Equal(0.3, (noisy - images[0]).std().item<float>(), 0.01);
    }
}
