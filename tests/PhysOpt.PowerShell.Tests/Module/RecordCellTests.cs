using System.Globalization;
using System.Text.RegularExpressions;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Records as Export-Csv writes them: every property of every record by its value's ToString.</summary>
public sealed partial class RecordCellTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    static readonly string[] Head = ["Method", "Run", "Iteration", "Loss"];

    static readonly string[] Tail =
    [
        "GradientNorm", "StepNorm", "Evaluations", "GradientEvaluations", "Elapsed", "Status", "X", "Y", "Gradient", "Step", "Problem",
    ];

    public static TheoryData<string, string, int, int> Runs()
    {
        var runs = new TheoryData<string, string, int, int>();
        foreach (var culture in new[] { "", "de-DE" })
        {
            foreach (var method in new[] { "Invoke-GradientDescent", "Invoke-NewtonStep", "Invoke-InverseSimulator", "Invoke-Lbfgs" })
            {
                runs.Add(culture, $"{method} ThreeSpaces -Eta 0.1 -Iterations 3", 2, 2);
                runs.Add(culture, $"{method} -Physics {{ param($x) $x }} -Inverse {{ param($y) $y }} -InitialGuess (1..16) -Eta 0.1 " +
                    $"-Iterations 1", 16, 16);
                runs.Add(culture, $"{method} -Physics {{ param($x) $x }} -Inverse {{ param($y) $y }} -InitialGuess (1..17) -Eta 0.1 " +
                    $"-Iterations 1", 0, 0);
                runs.Add(culture, $"{method} -Physics {{ param($x) $x[0..1] }} -Inverse {{ param($y, $x) $y + $x[2..16] }} -InitialGuess " +
                    $"(1..17) -Eta 0.1 -Iterations 0", 0, 2);
            }

            runs.Add(culture, "Invoke-GradientDescent -Objective { param($x) $x[0] * $x[0] } -InitialGuess 1.5 -Iterations 1", 1, 0);
            runs.Add(culture, "Invoke-InverseSimulator ThreeSpaces -Eta 1.2 -WarningAction Ignore", 2, 2);
            runs.Add(culture, "Invoke-GradientDescent -Physics { param($x) [double]::NaN } -InitialGuess 1 -WarningAction Ignore", 1, 1);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_cell_is_a_number_or_readable_text_and_the_columns_never_change(string culture, string command, int xs, int ys)
    {
        var cells = Cells(culture, command);
        string[] columns =
        [
            .. Head, .. Enumerable.Range(0, xs).Select(i => $"X{i}"), .. Enumerable.Range(0, ys).Select(i => $"Y{i}"), .. Tail,
        ];
        foreach (var row in cells.GroupBy(cell => cell.Row)) Assert.Equal(columns, row.Select(cell => cell.Column));
        Assert.All(cells, cell => Assert.DoesNotMatch(TypeName(), cell.Text!));
        Assert.All(cells.Where(cell => Component().IsMatch(cell.Column)), cell => Assert.Equal("System.Double", cell.Type));

        var format = CultureInfo.GetCultureInfo(culture);
        foreach (var cell in cells.Where(cell => Component().IsMatch(cell.Column) || cell.Column is "Loss" or "StepNorm" or "Evaluations"))
            Assert.True(double.TryParse(cell.Text, format, out _), $"{cell}");
        foreach (var cell in cells.Where(cell => cell.Column is "X" or "Y" or "Gradient" or "Step" && cell.Text != ""))
            Assert.All(cell.Text!.Split(' '), part => Assert.True(double.TryParse(part, CultureInfo.InvariantCulture, out _), $"{cell}"));
    }

    [Fact]
    public void The_cells_of_the_first_update_are_those_of_the_chapter()
    {
        var row = Cells("", "Invoke-GradientDescent ThreeSpaces -Iterations 1").Where(cell => cell.Row == 1)
            .ToDictionary(cell => cell.Column, cell => cell.Text);
        Assert.Equal("2.94 1.92", row["X"]);
        Assert.Equal("2.94", row["X0"]);
        Assert.Equal("1.92", row["X1"]);
        Assert.Equal("3.6864", row["Y1"]);
        Assert.Equal("ThreeSpaces", row["Problem"]);
        Assert.Equal("IterationLimit", row["Status"]);
        Assert.Equal("28.311552", row["GradientNorm"]);
    }

    [Fact]
    public void A_German_session_writes_numbers_its_own_way_and_vectors_in_no_culture()
    {
        var row = Cells("de-DE", "Invoke-GradientDescent ThreeSpaces -Iterations 1").Where(cell => cell.Row == 1)
            .ToDictionary(cell => cell.Column, cell => cell.Text);
        Assert.Equal("2,94", row["X0"]);
        Assert.Equal("2.94 1.92", row["X"]);
    }

    [Theory]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Iterations 1 | Measure-DiagonalAlignment")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Iterations 1 | Measure-Trajectory")]
    [InlineData("$r = Invoke-GradientDescent ThreeSpaces -Iterations 1; Compare-Trajectory $r $r")]
    [InlineData("Find-NumericInverse -Problem ThreeSpaces -Target 2,2")]
    [InlineData("Get-OptimizationProblem | ForEach-Object { $_ }")]
    [InlineData("New-OptimizationProblem -Physics { param($x) $x } -Target 1 -Inverse { param($y) $y } -InitialGuess 1 -LowerBound 0 " +
        "-UpperBound 2")]
    [InlineData("Get-Jacobian -Problem ThreeSpaces")]
    public void No_cell_of_another_result_is_an_array_or_a_type_of_the_runtime(string command) =>
        Assert.All(Cells("de-DE", command), cell => Assert.DoesNotMatch(RuntimeType(), cell.Text!));

    /// <summary>What ConvertTo-Csv makes of each property of each object, with the property's type.</summary>
    CsvCell[] Cells(string culture, string command)
    {
        var cells = module.Output($$"""
            [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo('{{culture}}')
            $objects = @({{command}})
            $texts = @($objects | ConvertTo-Csv -Delimiter ';' | ConvertFrom-Csv -Delimiter ';')
            for ($row = 0; $row -lt $objects.Count; $row++) {
                foreach ($property in $objects[$row].PSObject.Properties) {
                    , @($row, $property.Name, $property.TypeNameOfValue, $texts[$row].($property.Name))
                }
            }
            """);
        Assert.NotEmpty(cells);
        return [.. cells.Select(cell => (object[])cell.BaseObject)
            .Select(cell => new CsvCell((int)cell[0], (string)cell[1], (string)cell[2], (string)cell[3]))];
    }

    /// <summary>A cell of a CSV file; null is for a column that the file lacks.</summary>
    sealed record CsvCell(int Row, string Column, string Type, string? Text);

    [GeneratedRegex(@"^(System|PhysOpt)\.|\[\]|`\d")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^System\.|\[\]|`\d")]
    private static partial Regex RuntimeType();

    [GeneratedRegex(@"^[XY]\d+$")]
    private static partial Regex Component();
}
