using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>A parameter of a function: its name, type, default and checks.</summary>
internal sealed class Parameter
{
    readonly ParameterAst syntax;
    readonly Evaluation? preset;
    readonly bool isValidated;

    Parameter(ParameterAst syntax)
    {
        this.syntax = syntax;
        Name = VariableName.Of(syntax.Name);
        preset = syntax.DefaultValue is null ? null : Syntax.Of(syntax.DefaultValue);
        isValidated = syntax.Attributes.OfType<AttributeAst>().Any(attribute =>
            attribute.TypeName.Name.StartsWith("Validate", StringComparison.OrdinalIgnoreCase));
        Names = [Name, .. Attributes("Alias").SelectMany(alias =>
            alias.PositionalArguments).OfType<StringConstantExpressionAst>().Select(name => name.Value)];
        var sets = new List<string>();
        foreach (var attribute in Attributes("Parameter"))
        {
            IsOfCmdlet = true;
            foreach (var argument in attribute.NamedArguments)
            {
                if (Is(argument, "Mandatory")) IsMandatory = true;
                if (argument.ArgumentName.Equals("ParameterSetName", StringComparison.OrdinalIgnoreCase)
                    && argument.Argument is StringConstantExpressionAst { Value: var set }) sets.Add(set);
                if (Is(argument, "ValueFromPipeline")) TakesPipeline = true;
                if (Is(argument, "ValueFromPipelineByPropertyName")) TakesProperty = true;
                if (argument.ArgumentName.Equals("Position", StringComparison.OrdinalIgnoreCase)
                    && argument.Argument is ConstantExpressionAst { Value: int place }) Position = place;
                if (Is(argument, "ValueFromRemainingArguments")) TakesRest = true;
            }
        }

        Sets = sets;
    }

    /// <summary>The parameters of a list, in their order.</summary>
    internal static Parameter[] Of(IReadOnlyList<ParameterAst>? list) => list is null ? [] : [.. list.Select(each => new Parameter(each))];

    /// <summary>Its name.</summary>
    internal string Name { get; }

    /// <summary>Its name and its aliases.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>True where it has the attribute that makes the function one like a cmdlet.</summary>
    internal bool IsOfCmdlet { get; }

    /// <summary>True where it takes the objects of a pipeline.</summary>
    internal bool TakesPipeline { get; }

    /// <summary>True where it takes a property of the objects of a pipeline.</summary>
    internal bool TakesProperty { get; }

    /// <summary>True where it takes all arguments that are left.</summary>
    internal bool TakesRest { get; }

    /// <summary>True where it must be given.</summary>
    internal bool IsMandatory { get; }

    /// <summary>The names of its parameter sets; none for a parameter of all sets.</summary>
    internal IReadOnlyList<string> Sets { get; }

    /// <summary>Whether it belongs to a parameter set.</summary>
    internal bool IsIn(string set) => Sets.Count == 0 || Sets.Contains(set, StringComparer.OrdinalIgnoreCase);

    /// <summary>Its place among the arguments without names; null for the next one.</summary>
    internal int? Position { get; }

    /// <summary>True for a [switch].</summary>
    internal bool IsSwitch => Type == typeof(SwitchParameter);

    /// <summary>Its type; null without.</summary>
    internal Type? Type => syntax.Attributes.OfType<TypeConstraintAst>().Select(each => each.TypeName.GetReflectionType()
        ?? throw new TraceRefusedException($"It uses [{each.TypeName.Name}], which is no known type", each.Extent)).FirstOrDefault();

    /// <summary>Gives it the value of an argument.</summary>
    internal void Set(Frame f, object? value)
    {
        f.Recording.At(syntax);
        var type = Type;
        if (IsMandatory && MayBeEmpty(value)) PlainScript.Require(Declared, Lists.Sample(Values.OrNull(value)));
        if (IsSwitch && value is TracedNumber) throw new TraceRefusedException($"It gives the switch -{Name} a traced number");
        if (IsSwitch) f.Scope.Write(Name, value is SwitchParameter ? value : new SwitchParameter(PlainScript.Switched(value)));
        else f.Scope.Write(Name, type is null ? Values.OrNull(value) : Converted(value, type), type);
        if (syntax.Attributes.OfType<AttributeAst>().Any()) Check(f, f.Scope.ReadLocal(Name));
        if (isValidated) f.Scope.Validated(Name);
    }

    /// <summary>Gives it an object of the pipeline.</summary>
    /// <exception cref="TraceRefusedException">It does not take it, which PowerShell reports, and goes on with the next one.</exception>
    internal void SetPiped(Frame f, object? value)
    {
        try
        {
            Set(f, value);
        }
        catch (Exception error) when (Failures.IsOfTheScript(error))
        {
            throw new TraceRefusedException($"Its parameter ${Name} does not take what comes through the pipeline, which PowerShell "
                + $"reports and passes over: {error.Message.TrimEnd('.')}", syntax.Extent);
        }
    }

    /// <summary>Whether a mandatory parameter may not take a value: $null, nothing in it, or empty text.</summary>
    static bool MayBeEmpty(object? value) => Values.OrNull(value) is null or ""
        || (Values.List(value) is { } list && (list.Count == 0 || list.Any(each => each is null or "")));

    /// <summary>Its types and what it allows, as they are written.</summary>
    string Declared => string.Concat(syntax.Attributes.Where(each => each is TypeConstraintAst
        || each.TypeName.Name.StartsWith("Allow", StringComparison.OrdinalIgnoreCase)).Select(each => each.Extent.Text));

    /// <summary>Gives it the value that it has without an argument, which is not checked.</summary>
    internal void SetDefault(Frame f)
    {
        SetUnchecked(f);
        if (isValidated) f.Scope.Validated(Name);
    }

    void SetUnchecked(Frame f)
    {
        f.Recording.At(syntax);
        var type = Type;
        if (IsSwitch) f.Scope.Write(Name, new SwitchParameter(preset is not null && Truth.Of(preset(f))));
        else if (preset is not null) f.Scope.Write(Name, preset(f), type);
        else f.Scope.Write(Name, type is { IsValueType: true } || type == typeof(string) ? Conversions.Default(type) : null, type,
            isConverted: true);
    }

    /// <summary>An argument as the parameter takes it, which is less than casts do: no text for a [bool], no list for a [string].</summary>
    static object? Converted(object? value, Type type)
    {
        value = Values.OrNull(value);
        if (type == typeof(object) || type == typeof(PSObject)) return value;
        if (value is null && !type.IsValueType && type != typeof(string)) return null;
        // of collections PowerShell takes only lists apart here
        if ((type == typeof(Array) || type == typeof(object[])) && value is ICollection and not (IList or IDictionary))
            return new[] { value };
        if (value is not null && Lists.Covers(type) && Values.HoldsOwn(value) && !Conversions.Is(value, type))
            return Lists.Of(value, type, sample => PlainScript.Bound(type, sample));
        var isTraced = Values.HoldsTraced(value);
        if (isTraced && value is not TracedNumber && (type == typeof(bool) || type == typeof(string)))
            throw new TraceRefusedException($"It gives a parameter of [{type.Name}] {Text.Kind(value)}");
        return isTraced || value is BlockValue or double or int or null || Conversions.Is(value, type) ? Conversions.To(value, type)
            : PlainScript.Bound(type, value);
    }

    /// <summary>
    /// ValidateRange and ValidateScript are guards; counts and null are as they were; other checks of a traced number cannot be followed.
    /// Plain values are checked by PowerShell itself.
    /// </summary>
    void Check(Frame f, object? value)
    {
        foreach (var attribute in syntax.Attributes.OfType<AttributeAst>())
        {
            var name = attribute.TypeName.Name;
            if (!name.StartsWith("Validate", StringComparison.OrdinalIgnoreCase)) continue;
            var isScript = attribute.PositionalArguments is [ScriptBlockExpressionAst];
            var isOfSize = name.StartsWith("ValidateNotNull", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("ValidateCount", StringComparison.OrdinalIgnoreCase);
            if (!isScript && (isOfSize || !Values.HoldsTraced(value)))
            {
                var sample = !Values.HoldsTraced(value) ? value : Values.List(value) is { } list ? new int[list.Count] : 0;
                PlainScript.Validate(attribute.Extent.Text, sample);
                continue;
            }

            if (attribute.PositionalArguments is [ScriptBlockExpressionAst test])
            {
                foreach (var each in Values.List(value) ?? [value])
                {
                    var answer = new Collected();
                    ForEachObject.Run(f, new(test.ScriptBlock), Values.Seen(each), answer, hasOwnScope: true);
                    if (!Truth.Of(answer.Value)) throw Invalid(attribute);
                }

                continue;
            }

            if (!name.StartsWith("ValidateRange", StringComparison.OrdinalIgnoreCase) || attribute.PositionalArguments.Count != 2)
            {
                throw new TraceRefusedException(
                    "A parameter is validated in a way that a traced number does not pass; check it in the block instead", attribute.Extent);
            }

            object?[] limits = [.. attribute.PositionalArguments.Select(limit => Syntax.Of(limit)(f))];
            var isWhole = limits.All(limit => limit is int); // then PowerShell rounds the value before it compares
            foreach (var item in Values.List(value) ?? [value])
            {
                var each = isWhole ? Conversions.To(item, typeof(int)) : item;
                if (!Truth.Of(Comparison.Compare("ge", each, limits[0])) || !Truth.Of(Comparison.Compare("le", each, limits[1])))
                    throw Invalid(attribute);
            }
        }
    }

    ScriptFailure Invalid(AttributeAst attribute) => new($"Cannot validate argument on parameter '{Name}'.", attribute);

    IEnumerable<AttributeAst> Attributes(string name) => syntax.Attributes.OfType<AttributeAst>()
        .Where(attribute => attribute.TypeName.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    static bool Is(NamedAttributeArgumentAst argument, string name) =>
        argument.ArgumentName.Equals(name, StringComparison.OrdinalIgnoreCase)
        && (argument.ExpressionOmitted || argument.Argument is VariableExpressionAst { VariablePath.UserPath: var value }
            && value.Equals("true", StringComparison.OrdinalIgnoreCase) || argument.Argument is ConstantExpressionAst { Value: 1 });
}
