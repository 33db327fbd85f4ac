using System.Diagnostics;

namespace PhysOpt.PowerShell.Tests.Hosting;

/// <summary>What a finished process has left behind.</summary>
internal sealed record Finished(int ExitCode, string Output, string Errors)
{
    /// <summary>Far beyond what a run takes, however busy the machine: reached only by a process that hangs.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>The lines of the output that are not blank, without trailing spaces.</summary>
    public string[] Lines => NonBlank(Output);

    /// <inheritdoc cref="Lines"/>
    public string[] ErrorLines => NonBlank(Errors);

    /// <summary>Starts a program of dotnet and waits for its end; nothing comes in, and no stream is a terminal.</summary>
    public static async Task<Finished> RunAsync(ProcessStartInfo start)
    {
        start.FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var token = TestContext.Current.CancellationToken;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(token);
            var errors = process.StandardError.ReadToEndAsync(token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(token).WaitAsync(Patience, token);
            return new(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    static string[] NonBlank(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}
