using PhysOpt.PowerShell.Tests.Hosting;

namespace PhysOpt.PowerShell.Tests.Repository;

/// <summary>The example runs as README says, and prints the chapter's numbers.</summary>
public sealed class ExampleTests : IDisposable
{
    readonly PowerShellProcess program = new();

    public void Dispose() => program.Dispose();

    [Theory]
    [InlineData("L(y) 90")]
    [InlineData("dL/dy (6, 18)")]
    [InlineData("dL/dx (6, 108)")]
    [InlineData("dy/dx (1, 0), (0, 6)")]
    [InlineData("J^-1 (J x) (3, 3)")]
    [InlineData("10 6.863892 2.451218 0.9617115")]
    [InlineData("10 0.7311303 0.05202459 0.9238384")]
    [InlineData("10 0.07181304 0.08474257 0.50421")]
    [InlineData("GradientDescent 0 1 1.05393 1.414214 0.7452413")]
    [InlineData("Newton 0 1 1.264911 1.414214 0.8944272")]
    [InlineData("InverseSimulator 0 1 1.356443 1.414214 0.9591503")]
    [InlineData("10 (2.451218, 0.9248891) (0.05202459, 0.8534775) (0.08474257, 0.2542277)")]
    [InlineData("X : 2 1.41421356")]
    public async Task It_prints(string expected)
    {
        var run = await Example.Value;
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains(run.Lines, line => string.Join(' ', Words(line)).StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_line_is_wider_than_100_columns_or_shows_a_type_name()
    {
        var run = await Example.Value;
        Assert.NotEmpty(run.Lines);
        Assert.All(run.Lines, line => Assert.True(line.Length <= 100, line));
        Assert.DoesNotContain("System.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_takes_the_number_of_iterations()
    {
        var run = await program.RunAsync(RepositoryRoot.PathOf("examples", "CompareOptimizers.ps1"), "-Iterations", "2");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(3, run.Lines.Count(line => line.EndsWith("IterationLimit", StringComparison.Ordinal) && Words(line)[0] == "2"));
    }

    static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>One run for all lines.</summary>
    static readonly Lazy<Task<Finished>> Example = new(async () =>
    {
        using var program = new PowerShellProcess();
        return await program.RunAsync(RepositoryRoot.PathOf("examples", "CompareOptimizers.ps1"));
    });
}
