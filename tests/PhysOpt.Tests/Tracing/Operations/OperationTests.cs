using System.Text.RegularExpressions;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

/// <summary>One operation, one descriptor, one file: what holds of every operation that there is.</summary>
public partial class OperationTests
{
    static readonly double[] Points = [0.37, 0.81, 1.29, 2.61, 4.83, -0.43, -1.77, -3.31, 1, 2]; // an order is a whole number

    static string Sources => RepositoryRoot.PathOf("src");

    static string Rules => Path.Combine(Sources, "PhysOpt", "Tracing", "Operations");

    /// <summary>
    /// Where a file chooses between operations: patterns, cases, comparisons and tables, but for the leaves, which are not computed.
    /// </summary>
    [GeneratedRegex(
        @"(\bis (not )?|\bor |\bcase |[!=]= |\[)(ClassTable\.)?Operation\.(?!Input\b|Constant\b|Of\b)\w+"
        + @"|Operation\.(?!Input\b|Constant\b|Of\b)\w+ (=>|or\b|[!=]=)|Dictionary<Operation\b")]
    private static partial Regex Choice();

    public static TheoryData<string> Names() => AllOperations.Names();

    public static TheoryData<string> Commutative() => Where(operation => operation.IsCommutative);

    public static TheoryData<string> NeverNegativeZero() => Where(IsNeverNegativeZero);

    static TheoryData<string> Where(Func<Operation, bool> holds) =>
        [.. AllOperations.Computed.Where(holds).Select(operation => operation.Name)];

    static bool IsNeverNegativeZero(Operation operation) =>
        operation.IsNeverNegativeZero(new GraphBuilder(2), 0, operation.IsBinary ? 1 : -1);

    public static TheoryData<string> AllNames() => [.. AllOperations.All.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(AllNames))]
    public void An_operation_has_a_file_of_its_own(string name)
    {
        var operation = AllOperations.All.Single(each => each.Name == name);
        var file = Assert.Single(Directory.EnumerateFiles(Rules, $"{name}.cs", SearchOption.AllDirectories));
        var text = File.ReadAllText(file);
        Assert.Contains($"internal static Operation {name} => {operation.GetType().Name}.Instance;", text, StringComparison.Ordinal);
        Assert.Contains($"internal sealed class {operation.GetType().Name}(", text, StringComparison.Ordinal);
        Assert.Same(operation, Operation.Of(operation.Code));
        Assert.Single(AllOperations.All, other => other.Name == name || other.Code == operation.Code);
    }

    [Fact]
    public void Every_descriptor_in_the_assembly_is_found()
    {
        var types = typeof(Operation).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract
                && type != typeof(Placeholder) && type != typeof(NumberByNumber));
        Assert.Equal(types.Select(type => type.Name).Order(), AllOperations.All.Select(operation => operation.GetType().Name).Order());
    }

    [Fact]
    public void No_file_outside_chooses_between_operations()
    {
        var files = Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(Rules, StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        Assert.Contains(files, file => file.EndsWith("GraphBuilder.cs", StringComparison.Ordinal));
        Assert.Empty(files.SelectMany(file =>
            Choice().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}")));
    }

    [Theory]
    [InlineData("operation switch { Operation.Add => a + b }")]
    [InlineData("operation is Operation.Exp or Operation.Log")]
    [InlineData("if (operation == Operation.Power) return;")]
    [InlineData("case Operation.Sin: break;")]
    [InlineData("[Operation.Sqrt] = Of(name),")]
    [InlineData("readonly Dictionary<Operation, MethodInfo> methods;")]
    public void A_file_that_did_would_be_seen(string text) => Assert.Matches(Choice(), text);

    [Theory]
    [InlineData("if (operation == Operation.Input) return;")]
    [InlineData("TracedArithmetic.Apply(Operation.Add, a, b)")]
    public void Leaves_and_calls_are_no_choice(string text) => Assert.DoesNotMatch(Choice(), text);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_descriptor_says_all_that_there_is_to_say(string name)
    {
        var operation = AllOperations.Named(name);
        Assert.InRange(operation.OperandCount, 1, 2);
        Assert.Equal(name, operation.ToString());
        Assert.False(operation.IsLeaf);
        Assert.False(operation.IsDifferentiable(operation.OperandCount));
        Assert.False(operation.IsCommutative && !operation.IsBinary);
        Assert.False(operation.SignInSum != 0 && !operation.IsBinary);
        for (var side = 0; side < operation.OperandCount; side++)
        {
            var g = new GraphBuilder(3);
            var node = g.Append(operation, 0, operation.IsBinary ? 1 : -1);
            if (operation.IsDifferentiable(side)) Assert.InRange(operation.Times(g, 2, node, side), 0, g.Count - 1);
            else Assert.False(operation.IsUnit(side));
            if (operation.Chooses) Assert.InRange(operation.Choice(g, node, side), 0, g.Count - 1);
            else Assert.Throws<InvalidOperationException>(() => operation.Choice(g, node, side));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shortcut_gives_the_bits_of_the_descriptor_and_belongs_to_one(string name)
    {
        var operation = AllOperations.Named(name);
        foreach (var a in Odd)
        {
            foreach (var b in Odd) Assert.True(SameBits(operation.Evaluate(a, b), Shortcuts.Evaluate(operation, a, b)), $"{a} {b}");
        }

        Assert.True(operation.Shortcut == Shortcut.None || operation.Shortcut.ToString() == name);
    }

    [Theory]
    [MemberData(nameof(Commutative))]
    public void What_may_change_places_may(string name)
    {
        var operation = AllOperations.Named(name);
        foreach (var a in Odd)
        {
            foreach (var b in Odd) Assert.True(SameBits(operation.Evaluate(a, b), operation.Evaluate(b, a)), $"{a} {b}");
        }
    }

    [Theory]
    [MemberData(nameof(NeverNegativeZero))]
    public void What_is_never_negative_zero_is_not(string name)
    {
        var operation = AllOperations.Named(name);
        foreach (var a in Odd)
        {
            foreach (var b in Odd) Assert.False(SameBits(operation.Evaluate(a, b), -0.0), $"{a} {b}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_known_of_a_value_beforehand_holds(string name)
    {
        var operation = AllOperations.Named(name);
        foreach (var a in Odd)
        {
            foreach (var b in Odd)
            {
                foreach (var width in (double[])[0, 1, 2.5])
                {
                    Extent Around(double value) => new(value - width, value + width, width == 1 && double.IsInteger(value));
                    var value = operation.Evaluate(a, b);
                    if (double.IsNaN(a) || double.IsNaN(b) || double.IsNaN(value)) continue;
                    var extent = operation.ExtentOf(Around(a), Around(b));
                    Assert.False(value < extent.Low || value > extent.High, $"{a} {b}: {value} {extent}");
                    Assert.True(!extent.IsWhole || double.IsInteger(value) || double.IsInfinity(value), $"{a} {b}: {value} {extent}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_derivative_agrees_with_differences_in_first_and_second_order(string name)
    {
        var operation = AllOperations.Named(name);
        var compared = 0;
        foreach (var a in Points)
        {
            foreach (var b in operation.IsBinary ? Points : [0.0])
            {
                if (a == b || !double.IsFinite(operation.Evaluate(a, b))) continue;
                for (var side = 0; side < operation.OperandCount; side++) compared += CompareWithDifferences(operation, [a, b], side);
            }
        }

        Assert.True(compared >= 2, $"only {compared} were compared");
    }

    /// <summary>The slope to one operand beside differences of values, and the slope of the slope beside differences of slopes.</summary>
    static int CompareWithDifferences(Operation operation, double[] at, int side)
    {
        var value = Record(i => !operation.IsBinary ? TracedArithmetic.Apply(operation, i[0])
            : side == 0 ? TracedArithmetic.Apply(operation, i[0], at[1]) : TracedArithmetic.Apply(operation, at[0], i[0]), at[side]);
        var slope = Differentiation.JacobianVector(value, 1);
        var second = Differentiation.JacobianVector(slope, 1);
        var step = 0.01 * System.Math.Max(0.5, System.Math.Abs(at[side]));
        var scale = 1 + System.Math.Abs(value.Evaluate(at[side])[0]);
        return Compare(t => value.Evaluate(t)[0], slope.Evaluate(at[side], 1)[0])
            && Compare(t => slope.Evaluate(t, 1)[0], second.Evaluate(at[side], 1, 1)[0]) ? 1 : 0;

        bool Compare(Func<double, double> f, double expected)
        {
            var (difference, error) = Ridders(f, at[side], step);
            scale = System.Math.Max(scale, System.Math.Abs(expected));
            if (!double.IsFinite(difference) || error > 1e-7 * scale) return false; // a jump is near, or an end of the domain
            Assert.True(System.Math.Abs(difference - expected) <= 10 * error + 1e-9 * scale,
                $"{operation} at {at[0]} {at[1]}: {expected} instead of {difference}");
            return true;
        }
    }

    static readonly double[] Odd = [0.0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324, -5e-324, 1e300,
        -1e300, 0.5, -0.5, 2.5, -3, 20];
}
