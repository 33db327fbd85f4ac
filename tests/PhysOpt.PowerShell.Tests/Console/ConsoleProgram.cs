using System.Diagnostics;
using System.Globalization;

namespace PhysOpt.PowerShell.Tests.Hosting;

/// <summary>What a finished run of the program has left behind.</summary>
internal sealed record Finished(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines of the output that are not blank, without trailing spaces.</summary>
    public string[] Lines => NonBlank(Output);

    public string[] ErrorLines => NonBlank(Errors);

    static string[] NonBlank(string text) =>
        [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}

/// <summary>The built console program as a process, with a folder of its own for scripts. No stream is a terminal.</summary>
internal sealed class ConsoleProgram : IDisposable
{
    const string ProgramName = "PhysOpt.Console.dll";

    /// <summary>Far beyond what a run takes, however busy the machine: reached only by a program that hangs.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public string Folder { get; } = Directory.CreateTempSubdirectory("physopt-console-").FullName;

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Where the build has put the program: in the configuration that the tests are built in.</summary>
    public static string BuiltFolder
    {
        get
        {
            var output = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            var root = output;
            while (!File.Exists(Path.Combine(root.FullName, "PhysOpt.slnx")))
                root = root.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds PhysOpt.slnx.");
            return Path.Combine(root.FullName, "src", "PhysOpt.Console", "bin", output.Parent!.Name, output.Name);
        }
    }

    public void Script(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Runs to the end, without the module.</summary>
    public Task<Finished> RunAsync(params string[] arguments) => RunAsync("", arguments);

    /// <inheritdoc cref="RunAsync(string[])"/>
    public Task<Finished> RunWithInputAsync(string input, params string[] arguments) => RunAsync(input, arguments);

    /// <summary>Runs a copy of the program, in which the module is looked for.</summary>
    public Task<Finished> RunCopyAsync(string folder, params string[] arguments) =>
        FinishAsync(Start(Path.Combine(folder, ProgramName), arguments), "");

    /// <summary>Starts, without the module; the caller talks to the process and ends it.</summary>
    public Process Start(params string[] arguments) => Start(Path.Combine(BuiltFolder, ProgramName), ["-NoModule", .. arguments]);

    public static async Task<string?> ReadLineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token);

    public static async Task<Finished> FinishAsync(Process process, string input)
    {
        using (process)
        {
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(Token);
                var errors = process.StandardError.ReadToEndAsync(Token);
                await process.StandardInput.WriteAsync(input.AsMemory(), Token);
                process.StandardInput.Close();
                await process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
                return new(process.ExitCode, await output, await errors);
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>What the terminal sends for Ctrl+C.</summary>
    public static async Task InterruptAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
        Assert.Equal(0, kill.ExitCode);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    Task<Finished> RunAsync(string input, string[] arguments) => FinishAsync(Start(arguments), input);

    Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // a terminal that could show colours, so that their absence is the program's own doing
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        start.Environment.Remove("COLUMNS");
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
    }
}
