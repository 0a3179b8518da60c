using DailyPapers.Reproductions;
using DailyPapers.Reproductions.Annotated;

namespace DailyPapers.Tests.Reproductions;

public sealed class AnnotatedPageTests
{
    private const string Source = """
        class A
        {
            // #region step
            void Step()
            {
                // #region inner
                x -= eta * g; // x < y
                // #endregion inner
            }
            // #endregion step
        }
        """;

    [Fact]
    public void An_excerpt_is_the_lines_between_its_markers_without_their_indentation() =>
        Assert.Equal("void Step()\n{\n    x -= eta * g; // x < y\n}", QuotedSource.Excerpt(Source, "A.cs", "step"));

    [Theory]
    [InlineData("inner", "x -= eta * g; // x < y")]
    public void Markers_nest(string marker, string expected) => Assert.Equal(expected, QuotedSource.Excerpt(Source, "A.cs", marker));

    [Fact]
    public void A_marker_or_file_that_is_not_there_is_an_error_that_names_it()
    {
        Assert.Contains("'leap'", Assert.Throws<InvalidOperationException>(() => QuotedSource.Excerpt(Source, "A.cs", "leap")).Message, StringComparison.Ordinal);
        Assert.Contains("'lab/Nowhere.cs'", Assert.Throws<InvalidOperationException>(() => AnnotatedPages.Render("<!-- excerpt: lab/Nowhere.cs#a -->", "/")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_becomes_harmless_html_with_formulas_tables_figures_and_code()
    {
        var page = AnnotatedPages.Render(
            """
            # The *title* & more

            ## What
            <script>alert(1)</script> The loss is $\ell(x) = x^2$.

            | a | b |
            |---|---|
            | 1 | 2 |

            ![A curve](curve.svg) and [the source](../Other/README.md), [arXiv](https://arxiv.org/abs/1).

            <!-- excerpt: lab/DailyPapers.Lab.Contract/VerdictRule.cs#none -->
            """.Replace("<!-- excerpt: lab/DailyPapers.Lab.Contract/VerdictRule.cs#none -->", "```csharp\nif (a < b)\n```", StringComparison.Ordinal),
            "/lab/runs/7/");

        Assert.Equal("The title & more", page.Title);
        Assert.DoesNotContain("<h1", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Html, StringComparison.Ordinal);
        Assert.Contains("<math", page.Html, StringComparison.Ordinal);
        Assert.Contains("<td>2</td>", page.Html, StringComparison.Ordinal);
        Assert.Contains("src=\"/lab/runs/7/curve.svg\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("the source", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("../Other", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://arxiv.org/abs/1\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("<pre tabindex=\"0\"><code>if (a &lt; b)", page.Html, StringComparison.Ordinal);
    }

    public static TheoryData<string> Slugs => [.. new ShippedDeclarations().Slugs];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Every_shipped_page_finds_all_it_quotes_and_reads_all_its_formulas(string slug)
    {
        var page = new AnnotatedPages().Find(slug, "/figures/")!;
        Assert.NotEmpty(page.Title);
        Assert.DoesNotContain("excerpt:", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<code class=\"tex\">", page.Html, StringComparison.Ordinal);
        Assert.Contains("<pre tabindex=\"0\">", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paper_that_is_not_there_has_no_page() => Assert.Null(new AnnotatedPages().Find("no-such-paper", "/"));
}
