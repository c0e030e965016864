"""Captions of pictures and players, and a text that only looks like one."""

from grid import check_each

from osce_crawl.extraction import extract_with_ways

URL = "https://www.osce.org/serbia/519777"
LEAD = (
    "The course gives journalists of twelve towns the tools that they need for their daily work,"
    " the Head of Mission said today."
)
OPENING = "NOVI PAZAR, 3 November 2021 – Eighteen students met for a workshop on checking facts."
QUOTE = "“A picture is checked last,” one of them said."
FURTHER = "They worked in pairs, and each pair wrote a correction that a paper will print."
TITLE = "<h1>Students learn to check facts</h1>"
FACTS = (
    "<dl><dt>Date:</dt><dd>3 November 2021</dd><dt>Source:</dt><dd>OSCE Mission to Serbia</dd></dl>"
)
CAPTION = "Two students compare pictures in Novi Pazar"
CREDITED = f"{CAPTION}. <span>Photo: OSCE/Ada Example</span>"
FRAME = "<div><iframe src='https://www.youtube.com/embed/a'></iframe></div>"
PICTURE = "<picture><source srcset='/p.webp'><img src='/p.jpg' alt=''></picture>"


def read(inner):
    page = f"<main><p>Press release</p>{TITLE}{FACTS}{inner}</main>"
    return extract_with_ways(
        f'<html lang="en"><head><title>T</title></head><body>{page}</body></html>', URL
    )


def paragraphs(*texts):
    return "".join(f"<p>{one}</p>" for one in texts)


def test_paragraphs_beside_a_player_are_the_text_and_a_few_words_its_caption():
    text = paragraphs(OPENING, FURTHER)
    both, captions = [OPENING, FURTHER], {"caption": 1}

    def said(inner):
        found = read(inner)
        return found.item["body"].split("\n\n"), dict(found.left_out), found.item["issues"]

    lead = f"<p>{LEAD}</p>"
    check_each(
        said,
        {
            f"<section>{text}{FRAME}</section>": (both, {}, []),
            f"{lead}<div>{text}{FRAME}</div>": ([LEAD, *both], {}, []),
            f"{lead}<div>{FRAME}{text}</div>": ([LEAD, *both], {}, []),
            f"{lead}<section>{text}<video></video></section>": ([LEAD, *both], {}, []),
            f"{lead}<section>{text}<audio></audio></section>": ([LEAD, *both], {}, []),
            f"{lead}<section>{text}<object></object></section>": ([LEAD, *both], {}, []),
            f"{lead}<section>{text}<embed></section>": ([LEAD, *both], {}, []),
            f"{lead}<section><p>{OPENING}</p>{FRAME}</section>": ([LEAD, OPENING], {}, []),
            f"{lead}<section>{paragraphs(QUOTE, FURTHER)}{FRAME}</section>": (
                [LEAD, QUOTE, FURTHER],
                {},
                [],
            ),
            f"{text}<div>{FRAME}<p>{CAPTION}</p></div>": (both, captions, []),
            f"{text}<figure>{FRAME}<figcaption>{CAPTION}. {QUOTE}</figcaption></figure>": (
                both,
                captions,
                [],
            ),
            f"<div>{text}</div><aside><h2>Video</h2>{FRAME}<p>{CAPTION}</p></aside>": (
                both,
                {"caption": 2},
                [],
            ),
            f"<div>{text}</div><div><h2>Видео</h2><div>{FRAME}<p>{CAPTION}</p></div></div>": (
                both,
                {"caption": 2},
                [],
            ),
            f"<div>{text}</div><div><h2>Plans</h2><div>{FRAME}<p>{FURTHER}</p></div></div>": (
                [*both, "Plans", FURTHER],
                {},
                [],
            ),
            f"{text}<div class=caption>{FRAME}{paragraphs(CAPTION + '.', QUOTE)}</div>": (
                both,
                {"caption": 2},
                [],
            ),
        },
    )


def test_a_picture_has_the_caption_below_whatever_elements_are_around_it():
    text = f"<div>{paragraphs(OPENING, FURTHER)}</div>"
    shown = [(f"{CAPTION}.", "OSCE/Ada Example")]

    def captions(inner):
        item = read(inner).item
        told = [(one["caption"], one["credit"]) for one in item["images"]]
        return told, item["body"].split("\n\n")

    card = (
        f"<mat-card><img src=/p.jpg alt=''><mat-card-content><p>{CAPTION}.</p></mat-card-content>"
        "<mat-card-footer>© OSCE/Ada Example</mat-card-footer></mat-card>"
    )
    check_each(
        captions,
        dict.fromkeys(
            (
                f"{PICTURE}<p>{CREDITED}</p>{text}",
                f"<a href='/full/1'>{PICTURE}</a><p>{CREDITED}</p>{text}",
                f"<a href='/full/1'><img src=/p.jpg></a><p>{CREDITED}</p>{text}",
                f"<div>{PICTURE}<p>{CREDITED}</p></div>{text}",
                f"{text}<app-gallery>{card}</app-gallery>",
                f"{text}<div>{card}</div>",
            ),
            (shown, [OPENING, FURTHER]),
        ),
    )


def test_a_block_below_a_picture_that_repeats_its_alternative_text_is_the_caption():
    text = f"<div>{paragraphs(OPENING, FURTHER)}</div>"
    image = f"<img src=/p.jpg alt='{CAPTION}'>"

    def captions(inner):
        item = read(inner).item
        return [one["caption"] for one in item["images"]], item["body"].split("\n\n")

    told = ([CAPTION], [OPENING, FURTHER])
    check_each(
        captions,
        {
            f"<div>{image}</div><div><em>{CAPTION}</em></div>{text}": told,
            f"<p>{image}</p><p><em>{CAPTION}</em></p>{text}": told,
            f"{text}{image}<p class=hint>{CAPTION}</p>": told,
            f"<p>{image}</p><p>{CAPTION}.</p>{text}": ([f"{CAPTION}."], [OPENING, FURTHER]),
            f"<div>{image}</div>{paragraphs(FURTHER, OPENING)}": ([None], [FURTHER, OPENING]),
            f"<p>{image}</p><h2>{CAPTION}</h2>{paragraphs(FURTHER, OPENING)}": (
                [None],
                [CAPTION, FURTHER, OPENING],
            ),
        },
    )


def test_a_sentence_beside_a_portrait_is_text_if_it_is_speech_or_in_the_body_of_a_media_object():
    said, image = f"{QUOTE[:-1]} on Monday.", "<img src=/p.jpg alt=''>"

    def captions(inner):
        item = read(f"<div><p>{LEAD}</p>{inner}<p>{FURTHER}</p></div>").item
        return [one["caption"] for one in item["images"]], item["body"].split("\n\n")

    check_each(
        captions,
        {
            f"<div>{image}<div><p>{said}</p></div></div>": ([None], [LEAD, said, FURTHER]),
            **{
                f"<div>{image}<div class={name}><p>{CAPTION}.</p></div></div>": (
                    [None],
                    [LEAD, f"{CAPTION}.", FURTHER],
                )
                for name in ("media-body", "media-content", "wp-block-media-text__content")
            },
            f"<div>{image}<div class=text><p>{CAPTION}.</p></div></div>": (
                [f"{CAPTION}."],
                [LEAD, FURTHER],
            ),
            f"<div>{image}<div class=media-body><p>{CREDITED}</p></div></div>": (
                [f"{CAPTION}."],
                [LEAD, FURTHER],
            ),
        },
    )


def test_small_words_below_a_player_are_a_caption_unless_the_text_is_small():
    small, closing = f"<p class='small'>{QUOTE}</p>", f"<p class='small'>{FURTHER}</p>"
    check_each(
        lambda inner: read(inner).item["body"].split("\n\n"),
        {
            f"<p>{OPENING}</p>{FRAME}{small}": [OPENING],
            f"<p>{OPENING}</p>{FRAME}{small}<p>{FURTHER}</p>": [OPENING, FURTHER],
            f"<p>{OPENING}</p>{FRAME}{small}{closing}": [OPENING, QUOTE, FURTHER],
            f"<p>{OPENING}</p>{small}": [OPENING, QUOTE],
        },
    )
