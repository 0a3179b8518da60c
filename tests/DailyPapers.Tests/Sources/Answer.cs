using System.Text;
using Microsoft.AspNetCore.Http;

namespace DailyPapers.Tests.Sources;

/// <summary>An answer of the server.</summary>
internal sealed record Answer(byte[] Body, int Status = 200, string ContentType = "text/xml; charset=utf-8")
{
    public Answer(string body, int status = 200, string contentType = "text/xml; charset=utf-8") : this(Encoding.UTF8.GetBytes(body), status, contentType)
    {
    }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>When set, so many bytes fewer are sent than announced, and the connection is dropped.</summary>
    public int BreaksOffBefore { get; init; }

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
            context.Response.Headers[name] = value;
        context.Response.ContentLength = Body.Length;
        await context.Response.Body.WriteAsync(Body.AsMemory(0, Body.Length - BreaksOffBefore));
        if (BreaksOffBefore == 0)
            return;
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}
