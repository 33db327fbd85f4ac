using System.Reflection;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tests;

/// <summary>
/// PhysOpt.Math beside System.Math: the same functions of plain numbers, and on top of them those of traced numbers and fields.
/// </summary>
public class MathTests
{
    static readonly object[] Values =
    [
        0.0, -0.0, 0.3, -2.5, 7.0, double.NaN, double.NegativeInfinity, 2, -3, int.MinValue, 5L, -5L, 0.5m, -1.25m, 2.5f, -0.1f, (byte)3,
            (sbyte)-3,
        (short)-7, (ushort)7, 9u, 9ul, (nint)(-4), (nuint)4, MidpointRounding.ToZero,
    ];

    static MethodInfo[] Methods(Type type, string name) =>
        [.. type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name == name)];

    static bool IsPlain(MethodInfo method) =>
        Array.TrueForAll(method.GetParameters(), parameter => parameter.ParameterType.Namespace == "System");

    public static TheoryData<string> Names =>
        [.. typeof(Math).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).Distinct()];

    /// <summary>Those that System.Math has, too; the others are tested with their operations.</summary>
    public static TheoryData<string> NamesOfSystemMath =>
        [.. typeof(Math).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name)
        .Distinct().Except(["Erf", "Erfc", "Gamma", "LogGamma", "Expm1", "Log1p", "Hypot"])];

    [Theory]
    [MemberData(nameof(NamesOfSystemMath))]
    public void A_function_has_every_overload_of_System_Math_and_its_results(string name)
    {
        var originals = Methods(typeof(System.Math), name);
        Assert.NotEmpty(originals);
        Assert.Equal(originals.Length, Methods(typeof(Math), name).Count(IsPlain));
        foreach (var original in originals)
        {
            Type[] types = [.. original.GetParameters().Select(parameter => parameter.ParameterType)];
            var ours = typeof(Math).GetMethod(name, types);
            Assert.True(ours is not null && ours.ReturnType == original.ReturnType, $"{original}");
            foreach (var arguments in Choices(types)) Assert.Equal(Result(original, arguments), Result(ours, arguments));
        }
    }

    [Fact]
    public void The_constants_are_those_of_System_Math() =>
        Assert.Equal((System.Math.PI, System.Math.E, System.Math.Tau), (Math.PI, Math.E, Math.Tau));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_of_doubles_takes_traced_numbers_and_fields_in_every_mixture(string name)
    {
        foreach (var plain in Methods(typeof(Math), name).Where(method =>
            Array.TrueForAll(method.GetParameters(), parameter => parameter.ParameterType == typeof(double))))
        {
            foreach (var types in Mixtures(plain))
            {
                var mixed = typeof(Math).GetMethod(name, types);
                var expected = types.Contains(typeof(Field)) ? typeof(Field) : types.Contains(typeof(TracedNumber)) ? typeof(TracedNumber)
                    : plain.ReturnType;
                Assert.True(mixed?.ReturnType == expected, $"{name}({string.Join(", ", types.Select(type => type.Name))})");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fields_and_traced_numbers_have_the_values_of_plain_numbers_in_every_mixture(string name)
    {
        double[][] points = [[0.3, 1.7, 2.5], [-1.5, 0.2, 0.4], [2.5, 2.5, 2.5], [0.9, -0.6, -0.0]];
        foreach (var plain in Methods(typeof(Math), name).Where(method =>
            Array.TrueForAll(method.GetParameters(), parameter => parameter.ParameterType == typeof(double))))
        {
            foreach (var point in points)
            {
                var n = plain.GetParameters().Length;
                var expected = Result(plain, [.. point[..n].Cast<object>()]);
                foreach (var types in Mixtures(plain).Where(types => Array.Exists(types, type => type != typeof(double))))
                {
                    foreach (var isTraced in new[] { false, true })
                    {
                        var inputs = new Recorder(point).Inputs;
                        object[] arguments = [.. types.Select((type, i) =>
                            type == typeof(double) ? point[i]
                            : type == typeof(TracedNumber) ? inputs[i]
                            : isTraced ? new Field(inputs[i], inputs[i]) : (object)new Field(point[i], point[i]))];
                        Assert.Equal(expected, Value(Result(typeof(Math).GetMethod(name, types)!, arguments)));
                    }
                }
            }
        }
    }

    [Fact]
    public void A_logarithm_to_a_base_that_has_none_is_NaN_as_in_System_Math()
    {
        double[] odd = [0, 1, 2, double.PositiveInfinity, double.NaN, -1];
        foreach (var (a, b) in odd.SelectMany(a => odd.Select(b => (a, b))))
        {
            var inputs = new Recorder([a, b]).Inputs;
            TracedNumber[] ways = [Math.Log(inputs[0], inputs[1]), Math.Log(inputs[0], b), Math.Log(a, inputs[1])];
            foreach (var way in ways) Assert.Equal(System.Math.Log(a, b), way.Value);
        }
    }

    /// <summary>The one value of a result: a function of fields of two equal values gives two equal values.</summary>
    static object Value(object result)
    {
        if (result is Field field)
        {
            Assert.Equal(2, field.Count);
            Assert.Equal(Value(field[0]), Value(field[1]));
            return Value(field[0]);
        }

        return result is TracedNumber traced ? traced.Value : result;
    }

    /// <summary>The types of the arguments; functions of three numbers take three of one type.</summary>
    static IEnumerable<Type[]> Mixtures(MethodInfo method) =>
        Mixtures(method.GetParameters().Length).Where(types => types.Length < 3 || types.Distinct().Count() == 1);

    static IEnumerable<Type[]> Mixtures(int count) => count == 0
        ? [[]]
        : Mixtures(count - 1).SelectMany(rest =>
            new[] { typeof(double), typeof(TracedNumber), typeof(Field) }.Select(type => (Type[])[type, .. rest]));

    static IEnumerable<object[]> Choices(Type[] types) => types.Length == 0
        ? [[]]
        : Choices(types[1..]).SelectMany(rest =>
            Values.Where(value => value.GetType() == types[0]).Select(value => (object[])[value, .. rest]));

    /// <summary>The result, a whole number of type int as a double where signs are compared; or the type of the exception.</summary>
    static object Result(MethodInfo method, object[] arguments)
    {
        try
        {
            var result = method.Invoke(null, arguments)!;
            return method.Name == nameof(Math.Sign) && result is int sign ? (double)sign : result;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException!.GetType();
        }
    }
}
